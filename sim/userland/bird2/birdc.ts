import { concat, utf8Decode, utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError, read, write } from '../../linux/process-io';
import { openUnix, unixConnect } from '../../linux/socket/unix';
import type { Blocking } from '../../linux/wait-queue';
import { getopt } from '../glibc/getopt';
import { expandCommand } from './commands';

const DEFAULT_SOCKET = '/run/bird/bird.ctl';

/** birdc(8), birdcl(8): commands from the command line, or from standard input. */
export const birdc: Program = function* (proc, argv) {
  const parsed = getopt(argv, 's:vrl', []);
  if (!parsed.ok) {
    yield* printError(proc, `${parsed.error}${USAGE}`);
    return 1;
  }
  const { options, operands } = parsed;
  const option = (name: string) => options.find((o) => o.name === name);
  const path = option('s')?.value ?? (option('l') ? './bird.ctl' : DEFAULT_SOCKET);
  const { fd, sock } = openUnix(proc);
  const connected = yield* unixConnect(proc, sock, path);
  if (!connected.ok) {
    const why = strerror(connected.error);
    yield* printError(proc, `Unable to connect to server control socket (${path}): ${why}\n`);
    return 1;
  }
  const session: Session = { proc, fd, input: '', verbose: option('v') !== undefined };
  yield* answer(session);
  if (option('r')) yield* ask(session, 'restrict');
  if (operands.length > 0) return yield* command(session, operands.join(' '));
  return yield* interactive(session);
};

const USAGE = 'Usage: birdc [-s <control-socket>] [-v] [-r] [-l]\n';

interface Session {
  readonly proc: Proc;
  readonly fd: number;
  readonly verbose: boolean;
  input: string;
}

/** submit_command(): true where the server was content. */
function* command(session: Session, line: string): Blocking<number> {
  const expanded = expandCommand(line);
  if ('error' in expanded) {
    yield* print(session.proc, `${expanded.error}\n`);
    return 1;
  }
  return yield* ask(session, expanded.line);
}

function* ask(session: Session, line: string): Blocking<number> {
  yield* write(session.proc, session.fd, utf8Encode(`${line}\n`));
  return yield* answer(session);
}

/** server_got_reply(): the text of each line without its code; errors have codes from 8000 on. */
function* answer(session: Session): Blocking<number> {
  for (;;) {
    const line = yield* nextLine(session);
    if (line === undefined) {
      yield* print(session.proc, 'Connection closed by server\n');
      return 1;
    }
    const code = Number(line.slice(0, 4));
    const text = session.verbose ? line : line.slice(5);
    const last = line[4] === ' ';
    if (text !== '' || !last) yield* print(session.proc, `${text}\n`);
    if (last) return code >= 8000 ? 1 : 0;
  }
}

function* nextLine(session: Session): Blocking<string | undefined> {
  for (;;) {
    const at = session.input.indexOf('\n');
    if (at >= 0) {
      const line = session.input.slice(0, at);
      session.input = session.input.slice(at + 1);
      return line;
    }
    const got = yield* read(session.proc, session.fd);
    if (typeof got === 'string' || got.length === 0) return undefined;
    session.input += utf8Decode(got);
  }
}

/** Lines of standard input, each a command, until `quit` or its end. */
function* interactive(session: Session): Blocking<number> {
  let rest: Uint8Array = new Uint8Array(0);
  for (;;) {
    const end = rest.indexOf(10);
    if (end < 0) {
      const got = yield* read(session.proc, 0);
      if (typeof got === 'string' || got.length === 0) return 0;
      rest = concat([rest, got]);
      continue;
    }
    const line = utf8Decode(rest.subarray(0, end)).trim();
    rest = rest.subarray(end + 1);
    if (line === 'quit' || line === 'exit') return 0;
    if (line !== '') yield* command(session, line);
  }
}
