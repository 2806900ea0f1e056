import { formatCidr, formatIp } from '../../wire/ip';
import { bgpOf } from './bgp/bgp-of';
import { formatLc, formatPair, formatPath } from './filter/value';
import { DEST_NAMES, IGP_METRIC_UNKNOWN, type Nexthop, type Route } from './route';
import { formatTime } from './time-format';

/** rt_show_rte(), nest/rt-show.c. */
export function routeLines(
  route: Route,
  shown: { readonly first: boolean; readonly primary: boolean; readonly all: boolean },
): readonly string[] {
  const name = shown.first ? formatCidr(route.net) : '';
  const gateway = route.nexthops[0]?.gw;
  const from =
    route.from !== undefined && route.from !== gateway ? ` from ${formatIp(route.from)}` : '';
  const stamp = `[${route.sender.proto.name} ${shownTime(route)}${from}]`;
  return [
    `${name.padEnd(20)} ${DEST_NAMES[route.dest]} ${stamp}${shown.primary ? ' *' : ''}${infoText(route)}`,
    ...(route.dest === 'unicast' ? route.nexthops.map((nh) => nexthopLine(nh, route)) : []),
    ...(shown.all ? detailLines(route) : []),
  ];
}

function shownTime({ sender, lastModUs }: Route): string {
  const { config, proc } = sender.proto.daemon;
  return formatTime(config.timeFormats.route, lastModUs, proc.host.clockUs);
}

/** bgp_get_route_info(), krt_get_route_info() and the others. */
function infoText(route: Route): string {
  const { preference, attributes: a } = route;
  if (!bgpOf(route)) {
    return a.igpMetric === undefined ? ` (${preference})` : ` (${preference}/${a.igpMetric})`;
  }
  const last = a.path?.[a.path.length - 1];
  const origin = last?.kind === 'sequence' ? last.as[last.as.length - 1] : undefined;
  const as = origin === undefined ? '' : `AS${origin}`;
  return ` (${preference}${igpText(route)}) [${as}${['i', 'e', '?'][a.origin ?? 2] ?? '?'}]`;
}

function igpText(route: Route): string {
  if (route.igpMetric === 0) return '';
  return route.igpMetric >= IGP_METRIC_UNKNOWN ? '/?' : `/${route.igpMetric}`;
}

function nexthopLine(nh: Nexthop, route: Route): string {
  const onlink = nh.onlink ? ' onlink' : '';
  const weight = route.nexthops.length > 1 ? ` weight ${nh.weight + 1}` : '';
  if (nh.gw === undefined) return `\tdev ${nh.iface.name}${onlink}${weight}`;
  return `\tvia ${formatIp(nh.gw)} on ${nh.iface.name}${onlink}${weight}`;
}

const SOURCES = {
  RTS_STATIC: 'static',
  RTS_INHERIT: 'inherit',
  RTS_DEVICE: 'device',
  RTS_BGP: 'BGP',
} as const;

/** rta_show(): attributes in the order of their codes. */
function detailLines(route: Route): readonly string[] {
  const { attributes: a } = route;
  const lines = [`\tType: ${SOURCES[route.source]} univ`];
  const put = (name: string, text: string | number | undefined): void => {
    if (text !== undefined) lines.push(`\t${name}: ${text}`);
  };
  put('igp_metric', a.igpMetric);
  put('BGP.origin', a.origin === undefined ? undefined : ['IGP', 'EGP', 'Incomplete'][a.origin]);
  put('BGP.as_path', a.path && formatPath(a.path));
  put('BGP.next_hop', a.nextHop === undefined ? undefined : formatIp(a.nextHop));
  put('BGP.med', a.med);
  put('BGP.local_pref', a.localPref);
  put('BGP.atomic_aggr', a.atomic ? '' : undefined);
  put('BGP.community', a.communities?.map(formatPair).join(' '));
  put('BGP.originator_id', a.originatorId === undefined ? undefined : formatIp(a.originatorId));
  put('BGP.cluster_list', a.clusterList?.map(formatIp).join(' '));
  put('BGP.large_community', a.largeCommunities?.map(formatLc).join(' '));
  put('Kernel.source', a.krtSource);
  put('Kernel.metric', a.krtMetric);
  put('Kernel.prefsrc', a.krtPrefsrc === undefined ? undefined : formatIp(a.krtPrefsrc));
  return lines;
}
