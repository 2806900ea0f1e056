import type {
  DeviceView,
  HostView,
  LinkView,
  NetnsView,
  TopologySnapshot,
} from '@/sim/lab/topology';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface HostBox extends Box {
  readonly name: string;
  readonly isSwitch: boolean;
}

export interface NetnsBox extends Box {
  readonly id: string;
  readonly host: string;
  readonly name: string;
}

export interface DeviceBox extends Box {
  readonly device: DeviceView;
  readonly host: string;
  readonly netns: string;
  readonly isBridge: boolean;
}

export interface Wire {
  readonly id: string;
  readonly kind: LinkView['kind'] | 'port';
  readonly from: string;
  readonly to: string;
  readonly isUp: boolean;
  /** SVG path. */
  readonly path: string;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly hosts: readonly HostBox[];
  readonly netnses: readonly NetnsBox[];
  readonly devices: readonly DeviceBox[];
  readonly wires: readonly Wire[];
}

/** Names in the order of their first appearance: what is there keeps its place when more comes. */
export type Order = ReadonlyMap<string, number>;

export function orderAfter(order: Order, snapshot: TopologySnapshot): Order {
  const next = new Map(order);
  const see = (id: string) => {
    if (!next.has(id)) next.set(id, next.size);
  };
  for (const host of snapshot.hosts) {
    see(host.name);
    for (const netns of host.netnses) {
      see(netns.id);
      for (const device of netns.devices) see(device.id);
    }
  }
  return next.size === order.size ? order : next;
}

const DEVICE = { width: 118, height: 40, gap: 10 } as const;
const PAD = 12;
const TITLE = 24;
const ROW_GAP = 30;
const BRIDGE_HEIGHT = 24;
const HOST_GAP = 56;
const EDGE = 16;
const SWITCH = { width: 150, height: 34 } as const;
const MAX_ROW_WIDTH = 1400;
const CABLE_ROOM = 64;
const CABLE_DIP = 68;
/** For the loop between two namespaces that are joined directly. */
const LOOP_ROOM = 14;

interface Rows {
  readonly netnses: readonly NetnsView[];
  /** Devices of the host's own namespace that lead inwards. */
  readonly ports: readonly DeviceView[];
  readonly bridges: readonly DeviceView[];
  /** Devices with a cable, at the host's edge. */
  readonly edge: readonly DeviceView[];
}

const shown = (netns: NetnsView | undefined, order: Order): readonly DeviceView[] =>
  sorted(
    (netns?.devices ?? []).filter((device) => device.kind !== 'loopback' && device.name !== 'lo'),
    order,
    (device) => device.id,
  );

const sorted = <T>(items: readonly T[], order: Order, idOf: (item: T) => string): readonly T[] =>
  [...items].sort((a, b) => (order.get(idOf(a)) ?? 0) - (order.get(idOf(b)) ?? 0));

function rowsOf(host: HostView, links: readonly LinkView[], order: Order): Rows {
  const [own, ...children] = host.netnses;
  const cabled = new Set(
    links.filter((link) => link.kind === 'cable').flatMap(({ a, b }) => [a, b]),
  );
  const devices = shown(own, order);
  const isEdge = (device: DeviceView) => cabled.has(device.id) || device.kind === 'cable';
  return {
    netnses: sorted(children, order, (netns) => netns.id),
    ports: devices.filter((device) => device.kind !== 'bridge' && !isEdge(device)),
    bridges: devices.filter((device) => device.kind === 'bridge'),
    edge: devices.filter(isEdge),
  };
}

const rowWidth = (count: number): number =>
  count === 0 ? 0 : count * (DEVICE.width + DEVICE.gap) - DEVICE.gap;

const netnsWidth = (netns: NetnsView, order: Order): number =>
  Math.max(DEVICE.width, rowWidth(shown(netns, order).length)) + 2 * PAD;

class Canvas {
  readonly hosts: HostBox[] = [];
  readonly netnses: NetnsBox[] = [];
  readonly devices: DeviceBox[] = [];
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

interface RowPlace extends Spot {
  readonly width: number;
  readonly host: string;
  readonly netns: string;
}

function placeRow(canvas: Canvas, devices: readonly DeviceView[], at: RowPlace): void {
  let x = at.x + (at.width - rowWidth(devices.length)) / 2;
  for (const device of devices) {
    const { width, height } = DEVICE;
    const { host, netns, y } = at;
    canvas.devices.push({ device, host, netns, isBridge: false, x, y, width, height });
    x += DEVICE.width + DEVICE.gap;
  }
}

/** Draws a host with its corner at `at`; gives its box. */
function placeHost(
  canvas: Canvas,
  host: HostView,
  links: readonly LinkView[],
  draw: { at: Spot; order: Order },
): Box {
  const { at, order } = draw;
  const rows = rowsOf(host, links, order);
  const inner = Math.max(
    rows.netnses.reduce((sum, netns) => sum + netnsWidth(netns, order) + DEVICE.gap, -DEVICE.gap),
    rowWidth(rows.ports.length),
    rowWidth(rows.edge.length),
    DEVICE.width,
  );
  const width = inner + 2 * PAD;
  let y = at.y + TITLE;
  if (rows.netnses.length > 0)
    y = placeNetnses(canvas, rows.netnses, { host, order, x: at.x + PAD, y });
  const row = { x: at.x + PAD, width: inner, host: host.name, netns: '' };
  const isOnlyNetnses = rows.ports.length + rows.bridges.length + rows.edge.length === 0;
  if (rows.ports.length > 0) {
    placeRow(canvas, rows.ports, { ...row, y });
    y += DEVICE.height + ROW_GAP;
  }
  for (const device of rows.bridges) {
    const box = { x: row.x, y, width: inner, height: BRIDGE_HEIGHT };
    canvas.devices.push({ device, host: host.name, netns: '', isBridge: true, ...box });
    y += BRIDGE_HEIGHT + ROW_GAP;
  }
  if (rows.edge.length > 0) {
    placeRow(canvas, rows.edge, { ...row, y });
    y += DEVICE.height + ROW_GAP;
  }
  const box = {
    ...at,
    width,
    height: Math.max(y - ROW_GAP + PAD + (isOnlyNetnses ? LOOP_ROOM : 0) - at.y, TITLE + PAD),
  };
  canvas.hosts.push({ name: host.name, isSwitch: false, ...box });
  return box;
}

interface NetnsPlace extends Spot {
  readonly host: HostView;
  readonly order: Order;
}

/** Draws the namespaces of a host side by side; gives where the next row begins. */
function placeNetnses(canvas: Canvas, netnses: readonly NetnsView[], at: NetnsPlace): number {
  const height = TITLE + DEVICE.height + PAD;
  let x = at.x;
  for (const netns of netnses) {
    const width = netnsWidth(netns, at.order);
    const { id, name } = netns;
    canvas.netnses.push({ id, name, host: at.host.name, x, y: at.y, width, height });
    placeRow(canvas, shown(netns, at.order), {
      x,
      y: at.y + TITLE,
      width,
      host: at.host.name,
      netns: name,
    });
    x += width + DEVICE.gap;
  }
  return at.y + height + ROW_GAP;
}

interface Measured extends Spot {
  readonly host: HostView;
  readonly height: number;
}

/** The machines in rows of a bounded width, each with where it begins and how tall it is. */
function rowsOfHosts(
  hosts: readonly HostView[],
  links: readonly LinkView[],
  order: Order,
): readonly (readonly Measured[])[] {
  const rows: Measured[][] = [];
  let x = EDGE;
  for (const host of hosts.filter(({ isSwitch }) => !isSwitch)) {
    const box = placeHost(new Canvas(), host, links, { at: { x: 0, y: 0 }, order });
    if (x > MAX_ROW_WIDTH || rows.length === 0) {
      x = EDGE;
      rows.push([]);
    }
    rows.at(-1)?.push({ host, x, y: 0, height: box.height });
    x += box.width + HOST_GAP;
  }
  return rows;
}

/** The picture of a world: hosts as boxes, namespaces inside, bridges as bars, cables below. */
export function layoutOf(snapshot: TopologySnapshot, order: Order): Picture {
  const canvas = new Canvas();
  const hosts = sorted(snapshot.hosts, order, (host) => host.name);
  let y = EDGE;
  let width = 0;
  for (const row of rowsOfHosts(hosts, snapshot.links, order)) {
    const tallest = Math.max(...row.map(({ height }) => height));
    for (const { host, x, height } of row) {
      // Feet on one line: cables hang below all of them.
      const at = { x, y: y + tallest - height };
      const box = placeHost(canvas, host, snapshot.links, { at, order });
      width = Math.max(width, box.x + box.width);
    }
    y += tallest + CABLE_ROOM;
  }
  let height = y - CABLE_ROOM;
  const switches = hosts.filter(({ isSwitch }) => isSwitch);
  if (switches.length > 0) {
    placeSwitches(canvas, switches, { width, y: height + CABLE_ROOM });
    height += CABLE_ROOM + SWITCH.height;
  }
  const wires = wiresOf(snapshot, canvas);
  const hasCable = wires.some(({ kind }) => kind === 'cable');
  return {
    width: Math.max(width, SWITCH.width) + EDGE,
    height: height + (hasCable && switches.length === 0 ? CABLE_ROOM : 0) + EDGE,
    hosts: canvas.hosts,
    netnses: canvas.netnses,
    devices: canvas.devices,
    wires,
  };
}

function placeSwitches(
  canvas: Canvas,
  switches: readonly HostView[],
  at: { width: number; y: number },
): void {
  const gap = Math.max(at.width / switches.length, SWITCH.width + HOST_GAP);
  switches.forEach((host, index) => {
    const x = gap * index + (gap - SWITCH.width) / 2;
    canvas.hosts.push({ name: host.name, isSwitch: true, x, y: at.y, ...SWITCH });
  });
}

const centre = (box: Box): Spot => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** Where a packet stands that is in a device: on its upper edge, clear of the name. A switch stands for its ports. */
export function spotOf(picture: Picture, deviceId: string): Spot | null {
  const found = picture.devices.find(({ device }) => device.id === deviceId);
  if (found) return { x: centre(found).x, y: found.y };
  const hostName = deviceId.split(':')[0]?.split('/')[0];
  const host = picture.hosts.find(({ name }) => name === hostName);
  return host ? centre(host) : null;
}

function wiresOf(snapshot: TopologySnapshot, canvas: Canvas): readonly Wire[] {
  const boxes = new Map<string, Box>(canvas.devices.map((box) => [box.device.id, box]));
  const views = new Map(
    snapshot.hosts.flatMap(({ netnses }) =>
      netnses.flatMap(({ devices }) => devices.map((device) => [device.id, device] as const)),
    ),
  );
  const switches = new Map(
    canvas.hosts.filter(({ isSwitch }) => isSwitch).map((box) => [box.name, box]),
  );
  const boxOf = (id: string): Box | undefined =>
    boxes.get(id) ?? switches.get(id.split(':')[0] ?? '');
  const isUp = (id: string): boolean => views.get(id)?.up ?? false;
  const links = snapshot.links.flatMap((link): readonly Wire[] => {
    const a = boxOf(link.a);
    const b = boxOf(link.b);
    if (!a || !b) return [];
    const id = `${link.kind} ${link.a} ${link.b}`;
    const isToSwitch = !boxes.has(link.a) || !boxes.has(link.b);
    const path = link.kind === 'cable' && !isToSwitch ? cablePath(a, b) : linkPath(a, b);
    return [
      { id, kind: link.kind, from: link.a, to: link.b, isUp: isUp(link.a) && isUp(link.b), path },
    ];
  });
  const ports = [...views.values()].flatMap((device): readonly Wire[] => {
    const port = boxes.get(device.id);
    const bridge = device.master === undefined ? undefined : boxes.get(device.master);
    if (!port || !bridge || device.master === undefined) return [];
    const path = portPath(port, bridge);
    return [
      {
        id: `port ${device.id}`,
        kind: 'port',
        from: device.id,
        to: device.master,
        isUp: device.up,
        path,
      },
    ];
  });
  return [...links, ...ports];
}

const round = (value: number): number => Math.round(value * 10) / 10;
const point = (spot: Spot): string => `${round(spot.x)} ${round(spot.y)}`;

/** A device straight to the bar of its bridge. */
function portPath(port: Box, bridge: Box): string {
  const { x } = centre(port);
  const isAbove = port.y < bridge.y;
  const from = isAbove ? port.y + port.height : port.y;
  const to = isAbove ? bridge.y : bridge.y + bridge.height;
  return `M${point({ x, y: from })} L${point({ x, y: to })}`;
}

/** Two ends of a veth: one above the other with a curve, side by side with a loop below both. */
function linkPath(a: Box, b: Box): string {
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  const from = { x: centre(upper).x, y: upper.y + upper.height };
  if (Math.abs(upper.y - lower.y) < lower.height) {
    const to = { x: centre(lower).x, y: lower.y + lower.height };
    const dip = Math.max(from.y, to.y) + 30;
    return `M${point(from)} C${point({ x: from.x, y: dip })} ${point({ x: to.x, y: dip })} ${point(to)}`;
  }
  const to = { x: centre(lower).x, y: lower.y };
  const middle = (from.y + to.y) / 2;
  return `M${point(from)} C${point({ x: from.x, y: middle })} ${point({ x: to.x, y: middle })} ${point(to)}`;
}

/** A cable leaves a host at its lower edge and hangs below both. */
function cablePath(a: Box, b: Box): string {
  const low = (box: Box): Spot => ({ x: centre(box).x, y: box.y + box.height });
  const [from, to] = [low(a), low(b)];
  const dip = Math.max(from.y, to.y) + CABLE_DIP;
  return `M${point(from)} C${point({ x: from.x, y: dip })} ${point({ x: to.x, y: dip })} ${point(to)}`;
}
