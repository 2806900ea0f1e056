import { utf8Encode } from '../../base/bytes';
import { write } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { Container, LogLine } from '../daemon/container';
import { rfc3339Nine } from '../daemon/time';
import { type Client, objectError } from './client';
import { type Command, exactly } from './command';
import { bool, type Flags, text } from './flags';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1000],
]);

/** `--since 10m`: how long ago, µs; undefined for a date, which counts as always. */
function ago(value: string): number | undefined {
  let us = 0;
  const parts = value.match(/\d+(?:ms|[hms])/g);
  if (!parts || parts.join('') !== value) return undefined;
  for (const part of parts)
    us += Number.parseInt(part, 10) * (UNITS.get(part.replace(/\d+/, '')) ?? 0);
  return us;
}

function* printLine(client: Client, line: LogLine, stamps: boolean): Blocking<void> {
  if (stamps) yield* write(client.proc, line.stream, utf8Encode(`${rfc3339Nine(line.atUs)} `));
  yield* write(client.proc, line.stream, line.bytes);
}

function* follow(client: Client, container: Container, flags: Flags, from: number): Blocking<void> {
  let next = from;
  for (;;) {
    for (let line = container.log[next]; line; line = container.log[next]) {
      next++;
      yield* printLine(client, line, flags.on('timestamps'));
    }
    const over = !container.running && container.state.status !== 'restarting';
    if (over && container.streams.open === 0) return;
    yield { kind: 'wait', on: [container.logged, container.changed] };
  }
}

function* runLogs(client: Client, flags: Flags): Blocking<number> {
  const [name = ''] = flags.args;
  const found = yield* client.ask((engine) => ({
    container: engine.container(name),
    nowUs: engine.nowUs,
  }));
  if (!found) return 1;
  if (!found.container.ok) {
    yield* client.error(`${objectError(found.container.error, 'container', name)}\n`);
    return 1;
  }
  const container = found.container.value;
  const since = flags.has('since') ? ago(flags.value('since')) : undefined;
  const until = flags.has('until') ? ago(flags.value('until')) : undefined;
  const lines = container.log.filter(
    (line) =>
      (since === undefined || line.atUs >= found.nowUs - since) &&
      (until === undefined || line.atUs <= found.nowUs - until),
  );
  const tail = flags.value('tail', 'all');
  const count = /^\d+$/.test(tail) ? Number(tail) : lines.length;
  const shown = count === 0 ? [] : lines.slice(-count);
  const end = container.log.length;
  for (const line of shown) yield* printLine(client, line, flags.on('timestamps'));
  if (flags.on('follow')) yield* follow(client, container, flags, end);
  return 0;
}

export const logsCommand: Command = {
  usage: 'logs [OPTIONS] CONTAINER',
  short: 'Fetch the logs of a container',
  args: exactly(1),
  flags: [
    bool('details'),
    bool('follow', 'f'),
    text('since'),
    text('tail', 'n'),
    bool('timestamps', 't'),
    text('until'),
  ],
  run: runLogs,
};
