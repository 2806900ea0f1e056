import type { Dest, Route, RouteAttributes } from '../route';
import type { AttributeName, Command, StaticName } from './ast';
import { matches, setContains } from './match';
import { type FilterValue, VOID } from './value';

const ORIGINS = ['ORIGIN_IGP', 'ORIGIN_EGP', 'ORIGIN_INCOMPLETE'] as const;

const KEYS = {
  bgp_origin: 'origin',
  bgp_path: 'path',
  bgp_next_hop: 'nextHop',
  bgp_med: 'med',
  bgp_local_pref: 'localPref',
  bgp_community: 'communities',
  bgp_large_community: 'largeCommunities',
  bgp_originator_id: 'originatorId',
  bgp_cluster_list: 'clusterList',
  krt_source: 'krtSource',
  krt_metric: 'krtMetric',
  krt_prefsrc: 'krtPrefsrc',
  igp_metric: 'igpMetric',
} as const satisfies Record<AttributeName, keyof RouteAttributes>;

/** FI_EA_GET: lists that are absent read as empty, other attributes as undefined. */
export function getAttribute(route: Route, name: AttributeName): FilterValue {
  const { attributes: a } = route;
  const int = (value: number | undefined): FilterValue =>
    value === undefined ? VOID : { type: 'int', value };
  switch (name) {
    case 'bgp_origin':
      return a.origin === undefined ? VOID : { type: 'enum', value: ORIGINS[a.origin] ?? '' };
    case 'bgp_path':
      return { type: 'path', value: a.path ?? [] };
    case 'bgp_next_hop':
      return a.nextHop === undefined ? VOID : { type: 'ip', value: a.nextHop };
    case 'bgp_community':
      return { type: 'clist', value: a.communities ?? [] };
    case 'bgp_large_community':
      return { type: 'lclist', value: a.largeCommunities ?? [] };
    case 'bgp_cluster_list':
      return { type: 'clist', value: a.clusterList ?? [] };
    case 'bgp_originator_id':
      return a.originatorId === undefined ? VOID : { type: 'quad', value: a.originatorId };
    case 'krt_prefsrc':
      return a.krtPrefsrc === undefined ? VOID : { type: 'ip', value: a.krtPrefsrc };
    case 'bgp_med':
    case 'bgp_local_pref':
    case 'krt_source':
    case 'krt_metric':
    case 'igp_metric':
      return int(a[KEYS[name]]);
  }
}

/** FI_EA_SET; undefined: the value has a wrong type. */
export function setAttribute(
  route: Route,
  name: AttributeName,
  value: FilterValue,
): Route | undefined {
  const part = attributeFrom(name, value);
  if (!part) return undefined;
  return {
    ...route,
    attributes: { ...route.attributes, ...part },
    fresh: new Set([...route.fresh, KEYS[name]]),
  };
}

function attributeFrom(name: AttributeName, v: FilterValue): RouteAttributes | undefined {
  if (name === 'bgp_origin') {
    const origin = v.type === 'enum' ? ORIGINS.map(String).indexOf(v.value) : -1;
    return origin < 0 ? undefined : { origin };
  }
  if (name === 'bgp_path') return v.type === 'path' ? { path: v.value } : undefined;
  if (name === 'bgp_community') return v.type === 'clist' ? { communities: v.value } : undefined;
  if (name === 'bgp_cluster_list') return v.type === 'clist' ? { clusterList: v.value } : undefined;
  if (name === 'bgp_large_community') {
    return v.type === 'lclist' ? { largeCommunities: v.value } : undefined;
  }
  if (name === 'bgp_next_hop' || name === 'krt_prefsrc') {
    return v.type === 'ip' ? { [KEYS[name]]: v.value } : undefined;
  }
  if (name === 'bgp_originator_id') {
    return v.type === 'quad' ? { originatorId: v.value } : undefined;
  }
  return v.type === 'int' ? { [KEYS[name]]: v.value } : undefined;
}

export const unsetAttribute = (route: Route, name: AttributeName): Route => ({
  ...route,
  attributes: { ...route.attributes, [KEYS[name]]: undefined },
});

/** `attribute.add(…)`, `.delete(…)`, `.filter(…)`, `.prepend(…)`, `.empty`. */
export function changeAttribute(
  route: Route,
  { attribute, method }: Extract<Command, { kind: 'change' }>,
  value: FilterValue | undefined,
): Route | undefined {
  const old = getAttribute(route, attribute);
  const changed = changeList(old, method, value);
  return changed && setAttribute(route, attribute, changed);
}

export function changeList(
  old: FilterValue,
  method: string,
  value: FilterValue | undefined,
): FilterValue | undefined {
  if (method === 'EMPTY') {
    if (old.type === 'path' || old.type === 'clist' || old.type === 'lclist') {
      return { type: old.type, value: [] };
    }
    return undefined;
  }
  if (!value) return undefined;
  if (old.type === 'path') return changePath(old, method, value);
  if (old.type === 'clist') {
    if (method === 'ADD') {
      const more = value.type === 'clist' ? value.value : numberOf(value);
      return more && { type: 'clist', value: [...new Set([...old.value, ...more])] };
    }
    const hit = (pair: number): boolean => isHit({ type: 'pair', value: pair }, value);
    return { type: 'clist', value: old.value.filter((p) => hit(p) === (method === 'FILTER')) };
  }
  if (old.type !== 'lclist') return undefined;
  if (method === 'ADD') {
    const more = value.type === 'lclist' ? value.value : value.type === 'lc' ? [value.value] : [];
    const fresh = more.filter((lc) => !old.value.some((known) => known.join() === lc.join()));
    return { type: 'lclist', value: [...old.value, ...fresh] };
  }
  const kept = old.value.filter(
    (lc) => isHit({ type: 'lc', value: lc }, value) === (method === 'FILTER'),
  );
  return { type: 'lclist', value: kept };
}

const numberOf = (value: FilterValue): readonly number[] | undefined =>
  value.type === 'pair' || value.type === 'quad' ? [value.value] : undefined;

function isHit(item: FilterValue, value: FilterValue): boolean {
  if (value.type === 'set') return setContains(value.value, item);
  return matches(item, value) ?? JSON.stringify(item) === JSON.stringify(value);
}

function changePath(
  old: Extract<FilterValue, { type: 'path' }>,
  method: string,
  value: FilterValue,
): FilterValue | undefined {
  if (method === 'PREPEND') {
    if (value.type !== 'int') return undefined;
    const [first, ...rest] = old.value;
    if (first?.kind === 'sequence') {
      return {
        type: 'path',
        value: [{ kind: 'sequence', as: [value.value, ...first.as] }, ...rest],
      };
    }
    return { type: 'path', value: [{ kind: 'sequence', as: [value.value] }, ...old.value] };
  }
  const keep = (as: number): boolean => {
    const hit =
      value.type === 'int' ? as === value.value : isHit({ type: 'int', value: as }, value);
    return hit === (method === 'FILTER');
  };
  const path = old.value.map((s) => ({ kind: s.kind, as: s.as.filter(keep) }));
  return { type: 'path', value: path.filter((s) => s.as.length > 0) };
}

/** FI_RTA_GET. */
export function getStatic(route: Route, name: StaticName): FilterValue {
  const [nexthop] = route.nexthops;
  switch (name) {
    case 'net':
      return { type: 'prefix', value: route.net };
    case 'from':
      return { type: 'ip', value: route.from ?? 0n };
    case 'gw':
      return { type: 'ip', value: nexthop?.gw ?? 0n };
    case 'proto':
      return { type: 'string', value: route.sender.proto.name };
    case 'source':
      return { type: 'enum', value: route.source };
    case 'scope':
      return { type: 'enum', value: route.scope };
    case 'dest':
      return { type: 'enum', value: `RTD_${route.dest.toUpperCase()}` };
    case 'ifname':
      return { type: 'string', value: nexthop?.iface.name ?? '' };
    case 'preference':
      return { type: 'int', value: route.preference };
  }
}

const DESTS: Readonly<Record<string, Dest>> = {
  RTD_BLACKHOLE: 'blackhole',
  RTD_UNREACHABLE: 'unreachable',
  RTD_PROHIBIT: 'prohibit',
};

/** FI_RTA_SET. */
export function setStatic(route: Route, name: StaticName, v: FilterValue): Route | undefined {
  if (name === 'preference' && v.type === 'int') return { ...route, preference: v.value };
  if (name === 'scope' && v.type === 'enum') return { ...route, scope: v.value };
  if (name === 'from' && v.type === 'ip') return { ...route, from: v.value };
  if (name === 'gw' && v.type === 'ip') {
    const [first] = route.nexthops;
    const iface = first && route.sender.proto.daemon.neighbor(v.value)?.iface;
    if (!first || !iface) return undefined;
    return { ...route, dest: 'unicast', nexthops: [{ ...first, gw: v.value, iface }] };
  }
  const dest = name === 'dest' && v.type === 'enum' ? DESTS[v.value] : undefined;
  return dest && { ...route, dest, nexthops: [] };
}
