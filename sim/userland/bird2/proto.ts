import type { Cidr } from '../../wire/ip';
import { Channel } from './channel';
import type { ProtoConfig } from './config';
import type { Daemon } from './daemon';
import type { DebugClass } from './debug';
import type { IfaceChange } from './iface';
import type { LimitDirection } from './limit';
import type { Route } from './route';

/** PS_*. */
export type ProtoState = 'down' | 'start' | 'up' | 'stop';
/** PDC_*: why a protocol goes down. */
export type DownCode =
  | 'disable'
  | 'restart'
  | 'remove'
  | 'reconfigure'
  | 'shutdown'
  | 'limit'
  | 'export limit';

/** What a protocol itself does: struct protocol and the hooks of struct proto. */
export interface ProtoHooks {
  start(): ProtoState;
  /** The protocol and its channels are up. */
  readonly up?: () => void;
  /** `stop`: it will say when it is down. */
  shutdown(code: DownCode): 'down' | 'stop';
  readonly preexport?: (channel: Channel, route: Route) => 'reject' | undefined;
  readonly routeNotify?: (channel: Channel, net: Cidr, change: RouteChange) => void;
  readonly feedEnd?: (channel: Channel) => void;
  readonly ifaceNotify?: (changes: readonly IfaceChange[]) => void;
  readonly reload?: (channel: Channel) => boolean;
  readonly status?: () => string;
  readonly info?: () => readonly string[];
  readonly channelInfo?: (channel: Channel) => readonly string[];
}

export interface RouteChange {
  readonly route: Route | undefined;
  readonly old: Route | undefined;
}

/** struct proto, nest/proto.c. */
export class Proto {
  state: ProtoState = 'down';
  disabled: boolean;
  removed = false;
  message: string | undefined;
  debug: ReadonlySet<string>;
  lastChangeUs: number;
  readonly channels: readonly Channel[];
  readonly hooks: ProtoHooks;

  constructor(
    readonly daemon: Daemon,
    public config: ProtoConfig,
    hooks: (proto: Proto) => ProtoHooks,
  ) {
    this.disabled = config.disabled;
    this.lastChangeUs = daemon.nowUs;
    this.channels = config.channels.map(
      (channel) => new Channel(this, channel, daemon.table(channel)),
    );
    this.debug = config.debug ?? daemon.config.debug;
    this.hooks = hooks(this);
    this.trace('states', `Initializing${this.disabled ? ' [disabled]' : ''}`);
  }

  get name(): string {
    return this.config.name;
  }

  get mergeLimit(): number {
    return this.config.kind === 'kernel' ? this.config.mergePaths : 0;
  }

  routeNotify(channel: Channel, net: Cidr, change: RouteChange): void {
    this.hooks.routeNotify?.(channel, net, change);
  }

  feedEnd(channel: Channel): void {
    this.hooks.feedEnd?.(channel);
  }

  preexport(channel: Channel, route: Route): 'reject' | undefined {
    if (route.sender.proto === this) return 'reject';
    return this.hooks.preexport?.(channel, route);
  }

  /** proto_notify_state(). */
  setState(state: ProtoState): void {
    if (this.state === state) return;
    if (state === 'down') this.trace('states', 'State changed to flush');
    this.trace('states', `State changed to ${state}`);
    this.state = state;
    this.lastChangeUs = this.daemon.nowUs;
    if (state === 'up') {
      for (const channel of this.channels) channel.up();
      this.hooks.up?.();
    }
    if (state === 'stop' || state === 'down') for (const channel of this.channels) channel.down();
    if (state === 'down' && !this.disabled && !this.removed) this.daemon.defer(() => this.start());
  }

  /** proto_rethink_goal() towards FS_HUNGRY. */
  start(): void {
    if (this.state !== 'down' || this.disabled || this.removed) return;
    this.trace('states', 'Starting');
    const state = this.hooks.start();
    if (this.state === 'down') this.setState(state);
  }

  stop(code: DownCode): void {
    if (this.state !== 'start' && this.state !== 'up') return;
    this.trace('states', 'Shutting down');
    const state = this.hooks.shutdown(code);
    if (this.state === 'start' || this.state === 'up') this.setState(state);
  }

  /** PDC_IN_LIMIT_HIT. */
  limitHit(action: 'restart' | 'disable', direction: LimitDirection): void {
    this.daemon.defer(() => {
      if (action === 'disable') this.disabled = true;
      this.stop(direction === 'export' ? 'export limit' : 'limit');
    });
  }

  /** PD(): one line of what `debug` asks for. */
  trace(kind: DebugClass, text: string): void {
    const { debug } = this;
    if (debug.has(kind)) this.daemon.log('trace', `${this.name}: ${text}`);
  }
}
