import { concat, utf8Encode } from '../../base/bytes';
import { writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError, write } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { headerOf } from '../../wire/http';
import {
  COULDNT_RESOLVE_HOST,
  type CurlError,
  curlError,
  info,
  openConnection,
  type Session,
} from './connection';
import { type CurlOptions, type ParsedCurl, parseCurl } from './options';
import { PROGRESS_HEAD, progressLine } from './progress';
import { bodyOf } from './request';
import { type Transfer, transfer } from './transfer';
import { parseUrl, resolveUrl, type Url } from './url';
import { type Outcome, writeOutText } from './write-out';

const VERSION_TEXT = `curl 7.88.1 (x86_64-pc-linux-gnu)
Release-Date: 2023-02-20
Protocols: http
Features: IPv6
`;

/** curl(1) 7.88.1 for http. */
export const curl: Program = function* (proc, argv) {
  const parsed = parseCurl(argv);
  if (parsed.kind !== 'run') return yield* refuse(proc, argv, parsed);
  const { options } = parsed;
  const body = bodyOf(proc, options);
  if ('file' in body) {
    yield* printError(proc, `curl: option -d: error encountered when reading a file\n`);
    return 26;
  }
  let code = 0;
  for (const [i, url] of options.urls.entries()) {
    code = yield* one(proc, options, { url, output: options.outputs[i], body });
  }
  return code;
};

function* refuse(
  proc: Proc,
  argv: readonly string[],
  parsed: Exclude<ParsedCurl, { kind: 'run' }>,
): Blocking<number> {
  if (parsed.kind === 'version') {
    yield* print(proc, VERSION_TEXT);
    return 0;
  }
  if (parsed.kind === 'notSimulated') {
    yield* printError(proc, `hopwise: curl: ${parsed.option} is not simulated\n`);
    return 2;
  }
  const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
  yield* printError(proc, argv.length === 1 ? hint : `curl: ${parsed.text}\n${hint}`);
  return 2;
}

interface Job {
  readonly url: string;
  readonly output: string | undefined;
  readonly body: Uint8Array;
}

/** One URL of the command line: single_transfer(), post_per_transfer(). */
function* one(proc: Proc, options: CurlOptions, job: Job): Blocking<number> {
  const session: Session = { proc, options, startUs: proc.host.nowUs };
  const output = options.remoteName ? remoteName(job.url) : job.output;
  const meter = !options.silent && (output !== undefined || !isTerminal(proc));
  const outcome = yield* follow(session, job);
  if (typeof outcome === 'string') {
    yield* printError(proc, `hopwise: curl: ${outcome} is not simulated\n`);
    return 2;
  }
  const { transfer: done } = outcome;
  let { error } = outcome;
  const size = done?.body.length ?? 0;
  if (meter) {
    // Where nothing was connected the meter is drawn once, without a line's end.
    const unresolved = error?.code === COULDNT_RESOLVE_HOST;
    const text = progressLine(size, done ? size : undefined, outcome.totalUs);
    const end = unresolved ? '' : `${text}\n`;
    yield* printError(proc, `${PROGRESS_HEAD}${progressLine(0, undefined, 0)}${end}`);
  }
  if (done && !error && options.fail && done.head.status >= 400) {
    error = curlError(22, `The requested URL returned error: ${done.head.status}`);
  } else if (done) {
    const put = yield* deliver(proc, options, done, output);
    error ??= put;
  }
  if (options.writeOut !== undefined) {
    yield* print(proc, writeOutText(options.writeOut, { ...outcome, error }));
  }
  if (error && (!options.silent || options.showError)) {
    yield* printError(proc, `curl: (${error.code}) ${error.text}\n`);
  }
  return error?.code ?? 0;
}

const isTerminal = (proc: Proc): boolean => proc.fds.get(1)?.ops.kind === 'tty';

const remoteName = (url: string): string =>
  parseUrl(url)?.target.replace(/\?.*/, '').replace(/.*\//, '') || 'curl_response';

/** Headers and body to standard output or a file. */
function* deliver(
  proc: Proc,
  options: CurlOptions,
  done: Transfer,
  output: string | undefined,
): Blocking<CurlError | undefined> {
  const headers = options.include || options.head ? [done.headBytes] : [];
  const bytes = concat([...headers, done.body]);
  const failed = curlError(23, 'Failure writing output to destination');
  if (output === undefined || output === '-') {
    const put = yield* write(proc, 1, bytes);
    return typeof put === 'string' ? failed : undefined;
  }
  return writeFileAt(proc, output, bytes) ? failed : undefined;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

type NotSimulated = 'TLS' | 'ftp';

/** The transfer and, with -L, those it leads to. */
function* follow(session: Session, job: Job): Blocking<Outcome | NotSimulated> {
  const { options, proc, startUs } = session;
  let parsed = parseUrl(job.url);
  let { body } = job;
  let redirects = 0;
  const outcome = (done: Transfer | undefined, error: CurlError | undefined): Outcome => ({
    url: job.url,
    parsed,
    transfer: done,
    error,
    redirects,
    connects: done ? redirects + 1 : 0,
    totalUs: proc.host.nowUs - startUs,
  });
  for (;;) {
    if (!parsed) {
      return outcome(undefined, curlError(3, 'URL using bad/illegal format or missing URL'));
    }
    if (parsed.scheme === 'https') return 'TLS';
    if (parsed.scheme === 'ftp') {
      const opened = yield* openConnection(session, parsed);
      if (opened.ok) proc.close(opened.value.opened.fd);
      return opened.ok ? 'ftp' : outcome(undefined, opened.error);
    }
    if (parsed.scheme !== 'http') {
      const text = `Protocol "${parsed.scheme}" not supported or disabled in libcurl`;
      return outcome(undefined, curlError(1, text));
    }
    const got = yield* transfer(session, parsed, body);
    if (!got.ok) return outcome(undefined, got.error);
    const next: Url | undefined = options.follow ? redirectOf(got.value) : undefined;
    if (!next) return outcome(got.value, got.value.error);
    if (redirects >= options.maxRedirs) {
      return outcome(got.value, curlError(47, `Maximum (${options.maxRedirs}) redirects followed`));
    }
    redirects++;
    if (got.value.head.status <= 303) body = utf8Encode('');
    yield* info(session, `Issue another request to this URL: '${job.url}'`);
    parsed = next;
  }
}

function redirectOf(done: Transfer): Url | undefined {
  const location = headerOf(done.head.headers, 'location');
  if (!REDIRECTS.has(done.head.status) || location === undefined) return undefined;
  return resolveUrl(done.url, location);
}
