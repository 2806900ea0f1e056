import type { Container } from '../daemon/container';
import { splitPort } from '../libnetwork/publish';

interface Port {
  readonly ip: string;
  readonly publicPort: number;
  readonly privatePort: number;
  readonly type: string;
}

function portsOf(container: Container): readonly Port[] {
  return [...container.ports].flatMap(([name, bindings]): readonly Port[] => {
    const { port, proto } = splitPort(name);
    if (!bindings) return [{ ip: '', publicPort: 0, privatePort: port, type: proto }];
    return bindings.map(({ hostIp, hostPort }) => ({
      ip: hostIp,
      publicPort: Number(hostPort),
      privatePort: port,
      type: proto,
    }));
  });
}

const order = (a: Port, b: Port): number =>
  a.privatePort - b.privatePort ||
  compare(a.ip, b.ip) ||
  a.publicPort - b.publicPort ||
  compare(a.type, b.type);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Group {
  readonly first: number;
  readonly last: number;
}

/** formGroup(). */
function groupText(key: string, { first, last }: Group): string {
  const slash = key.lastIndexOf('/');
  const ip = slash < 0 ? '' : key.slice(0, slash);
  const type = slash < 0 ? key : key.slice(slash + 1);
  const range = first === last ? String(first) : `${first}-${last}`;
  return ip === '' ? `${range}/${type}` : `${ip}:${range}->${range}/${type}`;
}

/** DisplayablePorts() of the client's formatter: neighbouring ports that map to themselves are one range. */
export function displayablePorts(container: Container): string {
  const groups = new Map<string, Group>();
  const result: string[] = [];
  const mappings: string[] = [];
  for (const port of [...portsOf(container)].sort(order)) {
    if (port.ip !== '' && port.publicPort !== port.privatePort) {
      mappings.push(`${port.ip}:${port.publicPort}->${port.privatePort}/${port.type}`);
      continue;
    }
    const key = port.ip === '' ? port.type : `${port.ip}/${port.type}`;
    const known = groups.get(key);
    const next = port.privatePort;
    if (known && next === known.last + 1) groups.set(key, { first: known.first, last: next });
    else {
      if (known) result.push(groupText(key, known));
      groups.set(key, { first: next, last: next });
    }
  }
  for (const [key, group] of groups) result.push(groupText(key, group));
  return [...result, ...mappings].join(', ');
}
