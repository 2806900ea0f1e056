import type { FieldChange, Header, Layer } from './packet-layers';

/** A line of the packet list. */
export interface PacketRow {
  readonly id: number;
  readonly parentId: number | null;
  readonly number: number;
  readonly atUs: number;
  /** By name where the address belongs to somebody in the picture. */
  readonly source: string;
  readonly target: string;
  readonly protocol: string;
  readonly layer: Layer;
  /** As tcpdump says it. */
  readonly summary: string;
  readonly state: 'moving' | 'delivered' | 'dropped';
  readonly reason: string | null;
  readonly steps: number;
  /** What a network says to itself: IPv6 looking for routers and groups, and testing its own addresses. */
  readonly isBackground: boolean;
}

/** One step of a packet's way. */
export interface Station {
  readonly atUs: number;
  readonly host: string;
  /** '' is the host's own namespace. */
  readonly netns: string;
  readonly dev: string | null;
  /** Id of the device in the topology. */
  readonly deviceId: string | null;
  /** The kernel's function or hook. */
  readonly stage: string;
  readonly detail: string | null;
  readonly rule: { readonly table: string; readonly chain: string; readonly number: number } | null;
  readonly verdict: 'pass' | 'queue' | 'deliver' | 'consume' | 'drop';
  readonly reason: string | null;
  readonly headers: readonly Header[];
  readonly changes: readonly FieldChange[];
  /** The packet at this step, two hexadecimal digits a byte. */
  readonly bytes: readonly string[];
}

const MICROSECONDS_A_SECOND = 1_000_000;

/** Virtual time as the packet list shows it: seconds with microseconds. */
export const secondsOf = (atUs: number): string => (atUs / MICROSECONDS_A_SECOND).toFixed(6);
