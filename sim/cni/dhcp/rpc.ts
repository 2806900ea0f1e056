import { concat, NO_BYTES, utf8Decode, utf8Encode } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { readFile, write } from '../../linux/process-io';
import { openUnix, unixConnect } from '../../linux/socket/unix';
import type { Blocking } from '../../linux/wait-queue';
import { unmarshal } from '../gojson/fields';
import { marshal } from '../gojson/marshal';
import type { Call } from '../skel';
import { goErrno } from '../types/error';

/** One JSON object a line each way, where Go's net/rpc sends gobs over HTTP. */
const MAX_LINE = 1024 * 1024;
const LINE_FEED = 10;

export type Method = 'Allocate' | 'Release';

/** skel.CmdArgs, as far as the daemon reads them. */
export interface RpcRequest {
  readonly method: string;
  readonly containerId: string;
  readonly netns: string;
  readonly ifName: string;
  readonly args: string;
  readonly stdin: string;
}

export interface RpcReply {
  readonly error: string;
  readonly result: string;
}

export const parseRequest = (line: string): Result<RpcRequest, string> =>
  unmarshal(line, 'rpc.Request', (f) => ({
    method: f.string('method'),
    containerId: f.string('containerId'),
    netns: f.string('netns'),
    ifName: f.string('ifName'),
    args: f.string('args'),
    stdin: f.string('stdin'),
  }));

export const formatReply = ({ error, result }: RpcReply): string =>
  `${marshal({ error, result })}\n`;

/** rpcCall(): what the daemon answered; `result` is JSON. */
export function* rpcCall(
  call: Call,
  method: Method,
  socketPath: string,
): Blocking<Result<string, string>> {
  const { proc } = call;
  const opened = openUnix(proc);
  const connected = yield* unixConnect(proc, opened.sock, socketPath);
  if (!connected.ok) {
    proc.close(opened.fd);
    const why = `dial unix ${socketPath}: connect: ${goErrno(connected.error)}`;
    return err(`error dialing DHCP daemon: ${why}`);
  }
  const { containerId, ifName, args, stdin } = call;
  const netns = absolute(proc, call.netns);
  const request = { method, containerId, netns, ifName, args, stdin };
  yield* write(proc, opened.fd, utf8Encode(`${marshal(request)}\n`));
  const line = yield* readLine(proc, opened.file);
  proc.close(opened.fd);
  const reply = line === undefined ? err('unexpected EOF') : parseReply(line);
  if (!reply.ok) return err(`error calling DHCP.${method}: ${reply.error}`);
  return reply;
}

function parseReply(line: string): Result<string, string> {
  const reply = unmarshal(line, 'rpc.Reply', (f) => ({
    error: f.string('error'),
    result: f.string('result'),
  }));
  if (!reply.ok) return reply;
  return reply.value.error === '' ? ok(reply.value.result) : err(reply.value.error);
}

/** filepath.Abs(). */
const absolute = (proc: Proc, path: string): string =>
  path.startsWith('/') ? path : `${proc.cwd.replace(/\/$/, '')}/${path}`.replace(/\/$/, '');

/** Undefined where the other side closed before a whole line. */
export function* readLine(proc: Proc, file: OpenFile): Blocking<string | undefined> {
  let bytes: Uint8Array = NO_BYTES;
  while (bytes.length <= MAX_LINE) {
    const got = yield* readFile(proc, file);
    if (typeof got === 'string' || got.length === 0) return undefined;
    bytes = concat([bytes, got]);
    if (bytes.at(-1) === LINE_FEED) return utf8Decode(bytes);
  }
  return undefined;
}
