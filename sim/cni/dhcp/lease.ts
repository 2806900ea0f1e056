import { err, OK, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import type { Proc } from '../../linux/process';
import { sleep, waitOn } from '../../linux/process-io';
import { changeLink } from '../../linux/rtnetlink/link';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';
import {
  type DhcpMessage,
  type DhcpOption,
  dhcpOption,
  dhcpOptionWords,
  OPTION_LEASE_TIME,
  OPTION_REBINDING_TIME,
  OPTION_RENEWAL_TIME,
} from '../../wire/dhcp';
import { netlinkError, setUp } from '../pkg/link';
import { goQuote } from '../types/error';
import { type ClientOptions, DhcpClient } from './client';
import { goTime } from './go-time';
import { clientIdOption } from './options';

/** resendDelay0, resendFastDelay, resendFastMax: RFC 2131 §4.1 with a few quick tries before. */
const RESEND_DELAY_US = 4_000_000;
const RESEND_FAST_DELAY_US = 2_000_000;
const RESEND_FAST_MAX = 4;
const SECOND_US = 1_000_000;

export interface LeaseOptions extends ClientOptions {
  readonly resendMaxUs: number;
}

/** What a lease needs of the daemon that keeps it. */
export interface Keeper {
  readonly proc: Proc;
  readonly options: LeaseOptions;
  log(text: string): void;
}

type Answer = Blocking<Result<DhcpMessage, string>>;
type Try = (client: DhcpClient) => Answer;

/** DHCPLease of plugins/ipam/dhcp: acquired once, then kept until it is stopped. */
export class DhcpLease {
  ack: DhcpMessage | undefined;
  readonly #stop = new WaitQueue();
  readonly #ended = new WaitQueue();
  #stopping = false;
  #over = false;
  #expireUs = 0;
  #renewalUs = 0;
  #rebindingUs = 0;

  constructor(
    readonly keeper: Keeper,
    readonly clientId: string,
    readonly dev: NetDevice,
    readonly prepared: readonly DhcpOption[],
  ) {}

  get expiration(): string {
    const { proc } = this.keeper;
    return goTime(proc, this.#expireUs);
  }

  /** acquire(): sets the interface up where it is down, and asks until somebody gives an address. */
  *acquire(): Blocking<Result<undefined, string>> {
    const wasUp = this.dev.up;
    return yield* this.#withClient((client) => this.#askAnew(client), wasUp);
  }

  *#askAnew(client: DhcpClient): Answer {
    const got = yield* client.request([clientIdOption(this.clientId), ...this.prepared]);
    if (!got.ok) return got;
    return got.value ? ok(got.value) : err("DHCP server NACK'd own offer");
  }

  *#renew(ack: DhcpMessage): Blocking<Result<undefined, string>> {
    const clientId = clientIdOption(this.clientId);
    return yield* this.#withClient(function* (client) {
      const got = yield* client.renew(ack, [clientId]);
      if (!got.ok) return got;
      return got.value ? ok(got.value) : err('DHCP server did not renew lease');
    }, true);
  }

  *#withClient(attempt: Try, wasUp: boolean): Blocking<Result<undefined, string>> {
    const { proc, options, log } = this.keeper;
    const client = DhcpClient.open(proc, this.dev, options);
    if (!client.ok) return client;
    if (!wasUp) {
      log(`Link ${goQuote(this.dev.name)} down. Attempting to set up`);
      const up = setUp(this.dev);
      if (!up.ok) {
        client.value.close();
        return err(netlinkError(up));
      }
    }
    const got = yield* this.#backoffRetry(client.value, attempt);
    client.value.close();
    return got.ok ? this.#commit(got.value) : got;
  }

  /** backoffRetry(). */
  *#backoffRetry(client: DhcpClient, attempt: Try): Answer {
    const { proc, options, log } = this.keeper;
    let base = RESEND_DELAY_US;
    for (let fast = RESEND_FAST_MAX; ; ) {
      const got = yield* attempt(client);
      if (got.ok) return got;
      log(got.error);
      const jitter = SECOND_US * (2 * proc.host.random('cni/dhcp').float() - 1);
      const delay = Math.round((fast === 0 ? base : RESEND_FAST_DELAY_US) + jitter);
      if (fast > 0) fast--;
      log(`retrying in ${(delay / SECOND_US).toFixed(6)} seconds`);
      yield* sleep(proc, delay);
      if (fast > 0) continue;
      if (base >= options.resendMaxUs) return err('no more tries');
      base *= 2;
    }
  }

  /** commit(): T1 and T2 default to half and 85 % of the lease. */
  #commit(ack: DhcpMessage): Result<undefined, string> {
    const data = dhcpOption(ack, OPTION_LEASE_TIME);
    if (!data) return err('option LeaseTime not found');
    if (data.length !== 4) return err('option LeaseTime is not 4 bytes');
    const seconds = (code: number): number | undefined =>
      dhcpOption(ack, code)?.length === 4 ? dhcpOptionWords(ack, code)[0] : undefined;
    const whole = seconds(OPTION_LEASE_TIME) ?? 0;
    const rebinding = within(seconds(OPTION_REBINDING_TIME), whole) ?? (whole * 85) / 100;
    const renewal = within(seconds(OPTION_RENEWAL_TIME), rebinding) ?? whole / 2;
    const now = this.keeper.proc.host.nowUs;
    this.#expireUs = now + whole * SECOND_US;
    this.#renewalUs = now + renewal * SECOND_US;
    this.#rebindingUs = now + rebinding * SECOND_US;
    this.ack = ack;
    return OK;
  }

  /** maintain(): bound, renewing, rebinding, until stopped or expired. */
  *maintain(): Blocking<void> {
    const { proc } = this.keeper;
    let state: 'bound' | 'renewing' | 'rebinding' | 'expired' = 'bound';
    while (state !== 'expired') {
      if (state === 'bound' && this.#renewalUs <= proc.host.nowUs) {
        this.#say('renewing lease');
        state = 'renewing';
      }
      const until = state === 'bound' ? this.#renewalUs : proc.host.nowUs;
      if (state === 'renewing') state = yield* this.#tryRenewal();
      else if (state === 'rebinding') state = yield* this.#tryRebinding();
      while (!this.#stopping && proc.host.nowUs < until) {
        yield* waitOn([this.#stop], until - proc.host.nowUs);
      }
      if (!this.#stopping) continue;
      const released = this.#release();
      if (!released.ok) this.#say(`failed to release DHCP lease: ${released.error}`);
      break;
    }
    this.#over = true;
    this.#ended.wake();
  }

  *#tryRenewal(): Blocking<'bound' | 'renewing' | 'rebinding'> {
    if (!this.ack) return 'bound';
    const done = yield* this.#renew(this.ack);
    if (done.ok) {
      this.#say(`lease renewed, expiration is ${this.expiration}`);
      return 'bound';
    }
    this.#say(done.error);
    if (this.keeper.proc.host.nowUs <= this.#rebindingUs) return 'renewing';
    this.#say('renawal time expired, rebinding');
    return 'rebinding';
  }

  *#tryRebinding(): Blocking<'bound' | 'rebinding' | 'expired'> {
    const done = yield* this.acquire();
    if (done.ok) {
      this.#say(`lease rebound, expiration is ${this.expiration}`);
      return 'bound';
    }
    this.#say(done.error);
    if (this.keeper.proc.host.nowUs <= this.#expireUs) return 'rebinding';
    this.#say('lease expired, bringing interface DOWN');
    const down = changeLink(this.dev.netns, this.dev, { up: false });
    if (!down.ok) {
      this.#say(`failed to bring ${this.dev.name} interface DOWN: ${netlinkError(down)}`);
    }
    return 'expired';
  }

  #release(): Result<undefined, string> {
    const { proc, options } = this.keeper;
    this.#say('releasing lease');
    const client = DhcpClient.open(proc, this.dev, options);
    if (!client.ok) return client;
    const sent = this.ack
      ? client.value.release(this.ack, [clientIdOption(this.clientId)])
      : ok(undefined);
    client.value.close();
    return sent.ok ? sent : err('failed to send DHCPRELEASE');
  }

  /** Stop(): waits until it is released. */
  *stop(): Blocking<void> {
    this.#stopping = true;
    this.#stop.wake();
    while (!this.#over) yield* waitOn([this.#ended]);
  }

  #say(text: string): void {
    this.keeper.log(`${this.clientId}: ${text}`);
  }
}

const within = (seconds: number | undefined, most: number): number | undefined =>
  seconds !== undefined && seconds <= most ? seconds : undefined;
