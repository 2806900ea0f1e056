'use client';

import { List, Network } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { IconButton } from '@/app/_ui/button';
import type { DeviceView, TopologySnapshot } from '@/sim/lab/topology';
import { DeviceCard } from './device-card';
import {
  type DeviceBox,
  layoutOf,
  type Order,
  orderAfter,
  type Picture,
  spotOf,
  type Wire,
} from './topology-layout';
import { TopologyText } from './topology-text';

/** Where a packet in play is, and where it goes on to. */
export interface Moving {
  readonly at: string;
  readonly layerClass: string;
  readonly isDropped: boolean;
}

interface Props {
  readonly topology: TopologySnapshot | null;
  readonly moving: Moving | null;
  readonly onTerminal?: ((host: string) => void) | undefined;
  readonly onFilter?: ((device: DeviceView) => void) | undefined;
}

/** The network as it is, drawn from the world's state. */
export function Topology({ topology, moving, onTerminal, onFilter }: Props) {
  const t = useTranslations('packets.topology');
  const order = useRef<Order>(new Map());
  const [isText, setText] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const picture = useMemo(() => {
    if (topology === null) return null;
    order.current = orderAfter(order.current, topology);
    return layoutOf(topology, order.current);
  }, [topology]);
  if (topology === null || picture === null) {
    return <p className="p-4 text-quiet text-sm">{t('empty')}</p>;
  }
  const box = picture.devices.find(({ device }) => device.id === chosen);
  return (
    <div className="relative h-full min-h-0">
      <div className="absolute top-1 right-1 z-10 rounded bg-panel/80">
        <IconButton label={isText ? t('picture') : t('text')} onClick={() => setText(!isText)}>
          {isText ? <Network size={16} aria-hidden /> : <List size={16} aria-hidden />}
        </IconButton>
      </div>
      {isText ? (
        <TopologyText topology={topology} />
      ) : (
        <Drawing picture={picture} moving={moving} chosen={chosen} choose={setChosen} />
      )}
      {box && !isText && (
        <DeviceCard
          box={box}
          close={() => setChosen(null)}
          onTerminal={onTerminal}
          onFilter={onFilter}
        />
      )}
    </div>
  );
}

interface DrawingProps {
  readonly picture: Picture;
  readonly moving: Moving | null;
  readonly chosen: string | null;
  readonly choose: (deviceId: string | null) => void;
}

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest device in the direction of an arrow key; sideways distance counts double. */
function neighbourOf(
  from: DeviceBox,
  devices: readonly DeviceBox[],
  key: string,
): DeviceBox | null {
  const direction = ARROWS[key];
  if (!direction) return null;
  let best: { box: DeviceBox; far: number } | null = null;
  for (const box of devices) {
    const dx = box.x + box.width / 2 - (from.x + from.width / 2);
    const dy = box.y + box.height / 2 - (from.y + from.height / 2);
    const along = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    if (box === from || along <= 1) continue;
    const far = along + 2 * aside;
    if (best === null || far < best.far) best = { box, far };
  }
  return best?.box ?? null;
}

function Drawing({ picture, moving, chosen, choose }: DrawingProps) {
  const t = useTranslations('packets.topology');
  const root = useRef<SVGSVGElement>(null);
  const walk = (event: KeyboardEvent, box: DeviceBox) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(box.device.id);
      return;
    }
    const next = neighbourOf(box, picture.devices, event.key);
    if (!next) return;
    event.preventDefault();
    root.current
      ?.querySelector<SVGGElement>(`[data-device="${CSS.escape(next.device.id)}"]`)
      ?.focus();
  };
  return (
    <section
      aria-label={t('title')}
      className="flex h-full items-center justify-center overflow-auto p-1"
    >
      <svg
        ref={root}
        viewBox={`0 0 ${picture.width} ${picture.height}`}
        className="max-h-full min-h-[10rem] w-full select-none"
        style={{ maxWidth: picture.width * 1.25 }}
        preserveAspectRatio="xMidYMid meet"
      >
        <title>{t('title')}</title>
        {picture.hosts.map((host) => (
          <g key={host.name}>
            <rect
              {...rectOf(host)}
              rx={8}
              className={host.isSwitch ? 'fill-raised stroke-l2' : 'fill-ground stroke-line-strong'}
              strokeWidth={host.isSwitch ? 2 : 1.25}
            />
            <text
              x={host.isSwitch ? host.x + host.width / 2 : host.x + 12}
              y={host.isSwitch ? host.y + host.height / 2 + 4 : host.y + 17}
              textAnchor={host.isSwitch ? 'middle' : 'start'}
              className="fill-text font-medium text-[13px]"
            >
              {host.name}
            </text>
          </g>
        ))}
        {picture.netnses.map((netns) => (
          <g key={netns.id}>
            <rect
              {...rectOf(netns)}
              rx={6}
              className="fill-panel stroke-line-strong"
              strokeDasharray="4 3"
            />
            <text x={netns.x + 10} y={netns.y + 16} className="fill-text text-[12px]">
              {netns.name}
            </text>
          </g>
        ))}
        {picture.wires.map((wire) => (
          <Line key={wire.id} wire={wire} />
        ))}
        {picture.devices.map((box) => (
          <Device
            key={box.device.id}
            box={box}
            isChosen={chosen === box.device.id}
            choose={() => choose(box.device.id)}
            walk={(event) => walk(event, box)}
          />
        ))}
        {moving && <Packet picture={picture} moving={moving} />}
      </svg>
    </section>
  );
}

const rectOf = ({
  x,
  y,
  width,
  height,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
}) => ({
  x,
  y,
  width,
  height,
});

const WIRE_LOOK: Readonly<Record<Wire['kind'], string>> = {
  veth: 'stroke-l2',
  cable: 'stroke-text',
  port: 'stroke-l2',
  stacked: 'stroke-encap',
};

const Line = ({ wire }: { readonly wire: Wire }) => (
  <path
    d={wire.path}
    fill="none"
    strokeWidth={wire.kind === 'cable' ? 2.5 : 1.75}
    strokeDasharray={wire.isUp ? undefined : '3 5'}
    className={wire.isUp ? WIRE_LOOK[wire.kind] : 'stroke-line-strong'}
  />
);

interface DeviceProps {
  readonly box: DeviceBox;
  readonly isChosen: boolean;
  readonly choose: () => void;
  readonly walk: (event: KeyboardEvent) => void;
}

const SHOWN_NAME = 15;
const SHOWN_ADDRESS = 18;
const short = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

function Device({ box, isChosen, choose, walk }: DeviceProps) {
  const t = useTranslations('packets.topology');
  const { device } = box;
  const address = device.addresses.find((text) => !text.startsWith('fe80')) ?? '';
  const middle = box.y + box.height / 2;
  const isOneLine = box.isBridge || address === '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG has no button element
    <g
      role="button"
      tabIndex={0}
      data-device={device.id}
      aria-label={`${t('device', { name: device.name, kind: device.kind, state: device.state })} ${device.addresses.join(' ')}`}
      onClick={choose}
      onKeyDown={walk}
      className="cursor-pointer outline-none [&:focus-visible>rect]:stroke-[3px] [&:focus-visible>rect]:stroke-accent"
    >
      <rect
        {...rectOf(box)}
        rx={box.isBridge ? 4 : 6}
        strokeWidth={isChosen ? 2.5 : 1.25}
        className={`${box.isBridge ? 'fill-raised' : 'fill-panel'} ${isChosen ? 'stroke-accent' : device.up ? 'stroke-l2' : 'stroke-line-strong'}`}
      />
      {!device.up && (
        <circle
          cx={box.x + box.width - 9}
          cy={box.y + 9}
          r={3.5}
          className="fill-none stroke-drop"
          strokeWidth={1.5}
        />
      )}
      <text
        x={box.x + box.width / 2}
        y={isOneLine ? middle + 4 : middle - 3}
        textAnchor="middle"
        className={`font-medium text-[12px] ${device.up ? 'fill-text' : 'fill-quiet'}`}
      >
        {short(device.name, SHOWN_NAME)}
        {box.isBridge && address !== '' && ` · ${address}`}
      </text>
      {!isOneLine && (
        <text
          x={box.x + box.width / 2}
          y={middle + 12}
          textAnchor="middle"
          className="fill-quiet font-mono text-[10.5px]"
        >
          {short(address, SHOWN_ADDRESS)}
        </text>
      )}
    </g>
  );
}

interface PacketProps {
  readonly picture: Picture;
  readonly moving: Moving;
}

/** The packet in play; a dropped one carries a cross, so that colour is not all. */
function Packet({ picture, moving }: PacketProps) {
  const spot = spotOf(picture, moving.at);
  if (!spot) return null;
  return (
    <g
      data-testid="packet"
      style={{
        transform: `translate(${spot.x}px, ${spot.y}px)`,
        transition: 'transform 320ms ease-in-out',
      }}
      className={moving.isDropped ? 'text-drop' : moving.layerClass}
      pointerEvents="none"
    >
      <rect
        x={-11}
        y={-8}
        width={22}
        height={16}
        rx={3}
        fill="currentColor"
        className="stroke-panel"
        strokeWidth={2}
      />
      {moving.isDropped ? (
        <path d="M-4 -4 L4 4 M4 -4 L-4 4" className="stroke-panel" strokeWidth={2.5} />
      ) : (
        <path d="M-7 -4 L0 1.5 L7 -4" fill="none" className="stroke-panel" strokeWidth={1.75} />
      )}
    </g>
  );
}
