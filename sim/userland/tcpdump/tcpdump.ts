import { strerror } from '../../linux/errno';
import { readFileAt, readTextAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { type Proc, tick } from '../../linux/process';
import { print, printError, sleep } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Filter, type FilterPacket, parseFilter } from '../../wire/filter';
import type { Ip } from '../../wire/frame';
import { maskV4 } from '../../wire/ip';
import { LINK_TYPES, type PcapFile, pcapFileHeader, pcapRecord, readPcap } from '../../wire/pcap';
import type { LinkType } from '../../wire/print';
import { hostsByName } from '../glibc/hosts';
import { type Capture, captureBytes, interfaceNames, isWanted, openCapture } from './capture';
import { type ParsedTcpdump, parseTcpdump, type TcpdumpOptions, USAGE, VERSION } from './options';
import { type Output, savefile, standardOutput } from './output';
import { PacketPrinter, type PacketRecord } from './printing';

/** packet_release() waits for synchronize_net(): a capture ends some milliseconds after its last word. */
const RELEASE_US = 10_000;

/** tcpdump(8) 4.99.3. */
export const tcpdump: Program = function* (proc, argv) {
  const parsed = parseTcpdump(argv);
  if (parsed.kind !== 'run') return yield* refuse(proc, parsed);
  const { options } = parsed;
  let text = parsed.filter.join(' ');
  if (options.filterFile !== undefined) {
    const file = readTextAt(proc, options.filterFile);
    if (typeof file === 'string') {
      return yield* fail(proc, `can't open ${options.filterFile}: ${strerror(file)}`);
    }
    text = file.text;
  }
  return yield* options.readFile === undefined
    ? live(proc, options, text)
    : replay(proc, options, { path: options.readFile, text });
};

function* fail(proc: Proc, text: string): Blocking<number> {
  yield* printError(proc, `tcpdump: ${text}\n`);
  return 1;
}

function* refuse(proc: Proc, parsed: Exclude<ParsedTcpdump, { kind: 'run' }>): Blocking<number> {
  switch (parsed.kind) {
    case 'error':
      return yield* fail(proc, parsed.text);
    case 'version':
      yield* print(proc, VERSION);
      return 0;
    case 'usage':
      yield* printError(proc, (parsed.code === 0 ? '' : parsed.error) + VERSION + USAGE);
      return parsed.code;
    case 'list':
      yield* print(proc, interfaceList(proc));
      return 0;
    default:
      yield* printError(proc, `hopwise: tcpdump: ${parsed.option} is not simulated\n`);
      return 2;
  }
}

/** show_devices_and_exit(). */
function interfaceList(proc: Proc): string {
  const describe = (name: string): string => {
    if (name === 'any') return 'any (Pseudo-device that captures on all interfaces) [Up, Running]';
    const dev = proc.netns.deviceByName(name);
    const flags: string[] = [];
    if (dev?.up) flags.push('Up');
    if (dev?.up && dev.carrier) flags.push('Running');
    if (dev?.linkType === 'loopback') flags.push('Loopback');
    else flags.push(dev?.carrier ? 'Connected' : 'Disconnected');
    return `${name} [${flags.join(', ')}]`;
  };
  return interfaceNames(proc)
    .map((name, i) => `${i + 1}.${describe(name)}\n`)
    .join('');
}

const linkDescription = (linkType: LinkType): string =>
  LINK_TYPES.find((t) => t.name === linkType)?.description ?? '';
const linkNumber = (linkType: LinkType): number =>
  LINK_TYPES.find((t) => t.name === linkType)?.linkType ?? 1;

interface FilterSetting {
  readonly linkType: LinkType;
  readonly live: boolean;
  readonly netmask?: number | undefined;
}

/** pcap_compile(). A filter that cannot be is already reported: the exit code comes back. */
function* compile(
  proc: Proc,
  text: string,
  setting: FilterSetting,
): Blocking<Filter | undefined | number> {
  if (text.trim() === '') return undefined;
  const resolve = (name: string): readonly Ip[] => hostsByName(proc, name).map((e) => e.addr);
  const { linkType, live: onDevice, netmask } = setting;
  const filter = parseFilter(text, { link: linkType, live: onDevice, netmask, resolve });
  if (filter.ok) return filter.value;
  if (filter.error.notSimulated !== undefined) {
    const word = filter.error.notSimulated;
    yield* printError(proc, `hopwise: tcpdump: filter word '${word}' is not simulated\n`);
    return 2;
  }
  return yield* fail(proc, filter.error.message);
}

/** Where packets go: lines on standard output, or a savefile. */
interface Sink {
  readonly stdout: Output;
  readonly file: Output | undefined;
  readonly printer: PacketPrinter;
}

function* openSink(
  proc: Proc,
  options: TcpdumpOptions,
  linkType: LinkType,
): Blocking<Sink | number> {
  const stdout = standardOutput(proc, options.lineBuffered);
  const printer = new PacketPrinter(proc, options, linkType);
  if (options.writeFile === undefined) return { stdout, file: undefined, printer };
  const file = savefile(proc, options.writeFile, options.packetBuffered);
  if (typeof file === 'string') return yield* fail(proc, `${options.writeFile}: ${strerror(file)}`);
  yield* file.put(pcapFileHeader(linkNumber(linkType), options.snaplen));
  return { stdout, file, printer };
}

function* take(sink: Sink, options: TcpdumpOptions, record: PacketRecord): Blocking<void> {
  const { bytes, length, epochUs } = record;
  if (sink.file) yield* sink.file.put(pcapRecord({ bytes, length, epochUs }));
  else if (!options.countOnly) yield* sink.printer.print(sink.stdout, record);
}

/** A live capture. */
function* live(proc: Proc, options: TcpdumpOptions, text: string): Blocking<number> {
  const opened = openCapture(proc, options);
  if (!opened.ok) return yield* fail(proc, opened.error);
  const capture = opened.value;
  const { linkType, name } = capture;
  if (name === 'any') yield* printError(proc, `tcpdump: data link type ${linkType}\n`);
  const netmask = netmaskOf(capture);
  const filter = yield* compile(proc, text, { linkType, live: true, netmask });
  if (typeof filter === 'number') return filter;
  attach(capture, options, filter);
  const sink = yield* openSink(proc, options, linkType);
  if (typeof sink === 'number') return sink;
  const quiet = options.verbose === 0 && options.writeFile === undefined;
  if (quiet) {
    const hint = 'use -v[v]... for full protocol decode';
    yield* printError(proc, `tcpdump: verbose output suppressed, ${hint}\n`);
  }
  const snap = `snapshot length ${options.snaplen} bytes`;
  const what = `listening on ${name}, link-type ${linkType} (${linkDescription(linkType)}), ${snap}\n`;
  yield* printError(proc, quiet ? what : `tcpdump: ${what}`);
  const captured = yield* captureLoop(proc, options, { capture, sink });
  yield* sink.file?.flush() ?? sink.stdout.flush();
  yield* sink.stdout.flush();
  yield* printError(proc, statistics(captured, capture));
  yield* sleep(proc, RELEASE_US);
  return 0;
}

function netmaskOf({ device }: Capture): number | undefined {
  const first = device?.inDev.addresses[0];
  return first && maskV4(first.prefixLen);
}

/** SO_ATTACH_FILTER: what does not pass is not counted. */
function attach(capture: Capture, options: TcpdumpOptions, filter: Filter | undefined): void {
  const { linkType, sock } = capture;
  sock.filter = (captured) => {
    if (!isWanted(captured, options.direction)) return false;
    if (!filter) return true;
    const packet: FilterPacket = {
      bytes: captureBytes(captured, linkType),
      outgoing: captured.pktType === 'outgoing',
      ifindex: captured.ifindex,
    };
    return filter.matches(packet);
  };
}

interface Running {
  readonly capture: Capture;
  readonly sink: Sink;
}

/** pcap_loop(): until -c or a signal. */
function* captureLoop(
  proc: Proc,
  options: TcpdumpOptions,
  { capture, sink }: Running,
): Blocking<number> {
  for (const signal of ['INT', 'TERM', 'HUP'] as const) proc.setDisposition(signal, 'catch');
  const { sock, linkType } = capture;
  let captured = 0;
  for (;;) {
    if (proc.takeSignal()) {
      // "We got interrupted, so perhaps we didn't manage to finish a line": main(), tcpdump.c.
      yield* sink.stdout.put('\n');
      return captured;
    }
    const got = sock.recv();
    if (typeof got === 'string') {
      yield { kind: 'wait', on: [sock.sk.readable] };
      continue;
    }
    const bytes = captureBytes(got, linkType);
    const epochUs = proc.host.clockUs - proc.host.nowUs + got.atUs;
    const cut = bytes.length > options.snaplen ? bytes.subarray(0, options.snaplen) : bytes;
    yield* take(sink, options, { bytes: cut, length: bytes.length, epochUs });
    captured++;
    if (captured === options.count) return captured;
  }
}

const plural = (n: number): string => `${n} packet${n === 1 ? '' : 's'}`;

/** info(). */
const statistics = (captured: number, { sock }: Capture): string =>
  `${plural(captured)} captured\n${plural(sock.received)} received by filter\n` +
  `${plural(sock.drops)} dropped by kernel\n`;

interface Saved {
  readonly path: string;
  readonly text: string;
}

/** -r: a savefile. */
function* replay(proc: Proc, options: TcpdumpOptions, { path, text }: Saved): Blocking<number> {
  const bytes = path === '-' ? readFileAt(proc, '/dev/stdin') : readFileAt(proc, path);
  if (typeof bytes === 'string') return yield* fail(proc, `${path}: ${strerror(bytes)}`);
  const file = readPcap(bytes);
  if (!file.ok) return yield* fail(proc, formatError(file.error));
  const linkType = LINK_TYPES.find((t) => t.linkType === file.value.linkType)?.name;
  if (!linkType) {
    return yield* fail(
      proc,
      `packet printing is not supported for link type ${file.value.linkType}: use -w`,
    );
  }
  const what = `link-type ${linkType} (${linkDescription(linkType)})`;
  const snap = `snapshot length ${file.value.snaplen}`;
  yield* printError(proc, `reading from file ${path}, ${what}, ${snap}\n`);
  const filter = yield* compile(proc, text, { linkType, live: false });
  if (typeof filter === 'number') return filter;
  const sink = yield* openSink(proc, options, linkType);
  if (typeof sink === 'number') return sink;
  const count = yield* replayRecords(options, file.value, { filter, sink });
  if (options.countOnly) yield* sink.stdout.put(`${plural(count)}\n`);
  yield* sink.file?.flush() ?? sink.stdout.flush();
  yield* sink.stdout.flush();
  const { cut } = file.value;
  if (!cut) return 0;
  const part = cut.part === 'header' ? 'packet header' : 'captured packet';
  return yield* fail(
    proc,
    `pcap_loop: truncated dump file; tried to read ${cut.wanted} ${part} bytes, only got ${cut.got}`,
  );
}

interface Replaying {
  readonly filter: Filter | undefined;
  readonly sink: Sink;
}

function* replayRecords(
  options: TcpdumpOptions,
  file: PcapFile,
  { filter, sink }: Replaying,
): Blocking<number> {
  let count = 0;
  for (const record of file.records) {
    yield* tick(sink.stdout.proc, 2);
    if (filter && !filter.matches(record)) continue;
    yield* take(sink, options, record);
    count++;
    if (count === options.count) break;
  }
  return count;
}

const formatError = (error: {
  readonly kind: string;
  readonly wanted?: number;
  readonly got?: number;
}): string =>
  error.kind === 'unknownFormat'
    ? 'unknown file format'
    : `truncated dump file; tried to read ${error.wanted} file header bytes, only got ${error.got}`;
