import { describe, expect, test } from 'vitest';
import { utf8Decode, utf8Encode } from '../../base/bytes';
import { Machine } from '../../test/machine';
import { type TcpSegment, TH_ACK, TH_FIN, TH_RST, TH_SYN } from '../../wire/frame';
import { parseIp } from '../../wire/ip';
import type { NfVerdict } from '../netfilter/hook';
import { tcpSockets } from './diag';
import type { SockState } from './sock';
import {
  newTcpSock,
  tcpAccept,
  tcpBind,
  tcpClose,
  tcpConnect,
  tcpListen,
  tcpRecv,
  tcpSend,
  tcpShutdown,
} from './tcp';
import type { TcpSock } from './tcp-sock';

const SERVER = { addr: Number(parseIp('10.0.0.2')), port: 80 };

interface Pair {
  readonly m: Machine;
  readonly listener: TcpSock;
  readonly client: TcpSock;
  /** What arrived at either side, as `c>s S`, in order. */
  readonly wire: string[];
}

const letters = (s: TcpSegment): string =>
  [
    [TH_SYN, 'S'],
    [TH_FIN, 'F'],
    [TH_RST, 'R'],
    [TH_ACK, '.'],
  ]
    .filter(([bit]) => (s.flags & Number(bit)) !== 0)
    .map(([, letter]) => letter)
    .join('') + (s.payload.length > 0 ? s.payload.length : '');

/** A listener, a client that has not yet connected, and a filter on both sides that may drop. */
function pair(
  drop: (to: string, segment: TcpSegment, count: number) => boolean = () => false,
): Pair {
  const m = new Machine();
  m.cable(['c', 'eth0', '10.0.0.1/24'], ['s', 'eth0', '10.0.0.2/24']);
  const wire: string[] = [];
  for (const name of ['c', 's']) {
    m.netns(name).nfHooks.register({
      name: 'test',
      family: 'ipv4',
      hook: 'INPUT',
      priority: 0,
      fn: (skb): NfVerdict => {
        const { packet } = skb;
        if (packet.kind !== 'ipv4' || packet.payload.kind !== 'tcp') return 'accept';
        const dropped = drop(name, packet.payload, wire.length);
        wire.push(
          `${name === 's' ? 'c>s' : 's>c'} ${letters(packet.payload)}${dropped ? ' lost' : ''}`,
        );
        return dropped ? 'drop' : 'accept';
      },
    });
  }
  const listener = newTcpSock(m.netns('s'), 4);
  listener.sk.reuseAddr = true;
  expect(tcpBind(listener, { addr: 0, port: 80 }).ok).toBe(true);
  expect(tcpListen(listener, 1).ok).toBe(true);
  return { m, listener, client: newTcpSock(m.netns('c'), 4), wire };
}

function established(p: Pair): TcpSock {
  expect(tcpConnect(p.client, SERVER).ok).toBe(true);
  p.m.run(0.01);
  const child = tcpAccept(p.listener);
  if (typeof child === 'string') throw new Error(child);
  return child;
}

const read = (tp: TcpSock): string => {
  const got = tcpRecv(tp, 1_000_000);
  return typeof got === 'string' ? got : utf8Decode(got);
};

describe('a connection', () => {
  test('opens with three segments, carries data, closes with three', () => {
    const p = pair();
    const child = established(p);
    tcpSend(p.client, utf8Encode('hello'));
    p.m.run(0.001);
    expect(read(child)).toBe('hello');
    tcpClose(p.client);
    p.m.run(0.001);
    expect(read(child)).toBe('');
    tcpClose(child);
    p.m.run(0.01);
    expect(p.wire).toEqual([
      'c>s S',
      's>c S.',
      'c>s .',
      'c>s .5',
      's>c .',
      'c>s F.',
      's>c F.',
      'c>s .',
    ]);
    expect(p.client.sk.state).toBe('TIME_WAIT');
    p.m.run(61);
    expect(tcpSockets(p.m.netns('c'))).toEqual([]);
  });

  test('half closed still receives', () => {
    const p = pair();
    const child = established(p);
    tcpShutdown(p.client, 'WR');
    p.m.run(0.1);
    expect([p.client.sk.state, child.sk.state]).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    tcpSend(child, utf8Encode('late'));
    p.m.run(0.1);
    expect(read(p.client)).toBe('late');
    expect(tcpSend(p.client, utf8Encode('x'))).toBe('EPIPE');
    tcpClose(child);
    p.m.run(0.1);
    expect(read(p.client)).toBe('');
    expect(p.client.sk.state).toBe('TIME_WAIT');
  });

  test('negotiates MSS, SACK, timestamps and window scaling', () => {
    const p = pair();
    const child = established(p);
    expect([child.mssCache, child.tstampOk, child.sackOk, child.wscaleOk]).toEqual([
      1448,
      true,
      true,
      true,
    ]);
  });

  test('closing with unread data resets', () => {
    const p = pair();
    const child = established(p);
    tcpSend(p.client, utf8Encode('hello'));
    p.m.run(0.01);
    tcpClose(child);
    p.m.run(0.01);
    expect(p.wire.at(-1)).toBe('s>c R.');
    expect(read(p.client)).toBe('ECONNRESET');
  });

  test('both at once end in CLOSING and TIME-WAIT', () => {
    const p = pair();
    const child = established(p);
    tcpClose(p.client);
    tcpClose(child);
    p.m.run(0.1);
    const states: SockState[] = [p.client.sk.state, child.sk.state];
    expect(states).toEqual(['TIME_WAIT', 'TIME_WAIT']);
  });
});

describe('what goes wrong', () => {
  test('nobody listens', () => {
    const p = pair();
    tcpConnect(p.client, { ...SERVER, port: 81 });
    p.m.run(0.01);
    expect(p.wire).toEqual(['c>s S', 's>c R.']);
    expect(p.client.sk.takeError()).toBe('ECONNREFUSED');
  });

  test('silence: five SYNs a second apart, then ever rarer ones, ETIMEDOUT after 133 s', () => {
    const p = pair((to) => to === 's');
    const times: number[] = [];
    tcpConnect(p.client, SERVER);
    for (let second = 0; second < 140; second++) {
      const before = p.wire.length;
      p.m.run(1);
      if (p.wire.length > before) times.push(second);
      if (second === 130) expect(p.client.sk.state).toBe('SYN_SENT');
    }
    expect(times).toEqual([0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 69]);
    expect(p.client.sk.takeError()).toBe('ETIMEDOUT');
  });

  test('a lost segment is sent again after the retransmission time-out', () => {
    let lost = 0;
    const p = pair((to, s) => to === 's' && s.payload.length > 0 && lost++ === 0);
    const child = established(p);
    tcpSend(p.client, utf8Encode('hello'));
    p.m.run(0.15);
    expect(read(child)).toBe('EAGAIN');
    p.m.run(0.2);
    expect(read(child)).toBe('hello');
    expect(p.client.totalRetrans).toBe(1);
  });

  test('one loss in a stream is repaired by duplicate acknowledgements', () => {
    let data = 0;
    const p = pair((to, s) => to === 's' && s.payload.length > 0 && ++data === 3);
    const child = established(p);
    const text = 'x'.repeat(100_000);
    tcpSend(p.client, utf8Encode(text));
    let got = '';
    for (let i = 0; i < 100 && got.length < text.length; i++) {
      p.m.run(0.001);
      const part = read(child);
      if (part !== 'EAGAIN') got += part;
    }
    expect(got).toBe(text);
    expect(p.client.totalRetrans).toBeGreaterThan(0);
  });

  test('every fifth segment lost, still whole and in order', () => {
    const p = pair((_to, s, count) => s.payload.length > 0 && count % 5 === 4);
    const child = established(p);
    const text = Array.from({ length: 20_000 }, (_, i) => String(i % 10)).join('');
    tcpSend(p.client, utf8Encode(text));
    let got = '';
    for (let i = 0; i < 4000 && got.length < text.length; i++) {
      p.m.run(0.05);
      const part = read(child);
      if (part !== 'EAGAIN') got += part;
    }
    expect(got).toBe(text);
  });

  test('a reader that does not read closes the window; reading opens it', () => {
    const p = pair();
    const child = established(p);
    const text = 'y'.repeat(200_000);
    let sent = 0;
    const push = () => {
      const took = tcpSend(p.client, utf8Encode(text.slice(sent)));
      if (typeof took === 'number') sent += took;
    };
    push();
    p.m.run(5);
    expect(child.receiveQueue.size).toBeLessThanOrEqual(131_072);
    expect(p.client.sndWnd).toBeLessThan(1448);
    let got = 0;
    for (let i = 0; i < 500 && got < text.length; i++) {
      const part = tcpRecv(child, 65_536);
      if (typeof part !== 'string') got += part.length;
      if (sent < text.length) push();
      p.m.run(0.1);
    }
    expect(got).toBe(text.length);
  });

  test('a full accept queue drops connections', () => {
    const p = pair();
    const clients = Array.from({ length: 4 }, () => newTcpSock(p.m.netns('c'), 4));
    for (const client of clients) {
      tcpConnect(client, SERVER);
      p.m.run(0.01);
    }
    expect(p.listener.acceptQueue.length).toBe(2);
    expect(clients[3]?.sk.state).toBe('SYN_SENT');
    tcpAccept(p.listener);
    tcpAccept(p.listener);
    p.m.run(3);
    expect(clients[3]?.sk.state).toBe('ESTABLISHED');
  });

  test.each([
    ['the same port twice', false, false, false],
    ['SO_REUSEADDR beside a listener', true, true, false],
  ])('%s', (_name, first, second, ok) => {
    const m = new Machine();
    const a = newTcpSock(m.netns('s'), 4);
    const b = newTcpSock(m.netns('s'), 4);
    a.sk.reuseAddr = first;
    b.sk.reuseAddr = second;
    tcpBind(a, { addr: 0, port: 80 });
    tcpListen(a, 1);
    expect(tcpBind(b, { addr: 0, port: 80 }).ok).toBe(ok);
  });

  test('a dual-stack socket hears IPv4', () => {
    const p = pair();
    tcpClose(p.listener);
    const six = newTcpSock(p.m.netns('s'), 6);
    expect(tcpBind(six, { addr: 0n, port: 80 }).ok).toBe(true);
    tcpListen(six, 1);
    tcpConnect(p.client, SERVER);
    p.m.run(0.01);
    expect(p.client.sk.state).toBe('ESTABLISHED');
    expect(tcpSockets(p.m.netns('s')).map((s) => s.state)).toContain('ESTABLISHED');
  });
});
