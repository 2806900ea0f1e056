import { err, ok, type Result } from '../base/result';
import { isDirectory, lookupPath } from '../linux/path';
import type { Proc, Status } from '../linux/process';
import { printError } from '../linux/process-io';
import type { Blocking } from '../linux/wait-queue';
import { run } from './exec';
import { unmarshal } from './gojson/fields';
import type { Release } from './release';
import { type CniError, fail, goErrno, goQuote } from './types/error';
import { type CniResult, resultFromText } from './types/result';

/** One call of a plugin, or why it failed. */
export type Step<T = undefined> = Blocking<Result<T, CniError>>;

/** invoke.FindInPath(). */
export function findPlugin(
  proc: Proc,
  plugin: string,
  paths: readonly string[],
): Result<string, CniError> {
  if (plugin === '') return fail('no plugin name provided');
  if (plugin.includes('/')) return fail(`invalid plugin name: ${plugin}`);
  if (paths.length === 0) return fail('no paths provided');
  for (const path of paths) {
    const full = `${path.replace(/\/+$/, '')}/${plugin}`;
    const inode = lookupPath(proc, full);
    if (typeof inode !== 'string' && !isDirectory(inode)) return ok(full);
  }
  return fail(`failed to find plugin ${goQuote(plugin)} in path [${paths.join(' ')}]`);
}

/** RawExec.ExecPlugin(): what the plugin printed; its own error object when it failed. */
export function* execPlugin(
  proc: Proc,
  path: string,
  stdin: string,
  env: ReadonlyMap<string, string>,
): Step<string> {
  const ran = yield* run(proc, { path, argv: [path], env, stdin });
  if (typeof ran === 'string') {
    const why = `fork/exec ${path}: ${goErrno(ran)}`;
    return err({ code: 0, msg: `netplugin failed with no error message: ${why}` });
  }
  const failed = ran.status.kind !== 'exited' || ran.status.code !== 0;
  if (failed) return err(pluginError(ran.stdout, ran.stderr, ran.status));
  yield* printError(proc, ran.stderr);
  return ok(ran.stdout);
}

/** pluginErr(). */
function pluginError(stdout: string, stderr: string, status: Status): CniError {
  if (stdout === '') {
    const how =
      status.kind === 'exited'
        ? `exit status ${status.code}`
        : `signal: ${status.signal.toLowerCase()}`;
    const msg =
      stderr === ''
        ? `netplugin failed with no error message: ${how}`
        : `netplugin failed: ${goQuote(stderr)}`;
    return { code: 0, msg };
  }
  const parsed = unmarshal(stdout, 'types.Error', (f) => ({
    code: f.int('code'),
    msg: f.string('msg'),
    details: f.string('details') || undefined,
  }));
  if (parsed.ok) return parsed.value;
  const why = `error parsing its diagnostic message ${goQuote(stdout)}: ${parsed.error}`;
  return { code: 0, msg: `netplugin failed but ${why}` };
}

/** filepath.SplitList(). */
export const splitPath = (text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : text.split(':');

/** delegateCommon() with DelegateArgs: this process's environment with another CNI_COMMAND. */
function* delegate(proc: Proc, plugin: string, stdin: string, command: string): Step<string> {
  const path = findPlugin(proc, plugin, splitPath(proc.env.get('CNI_PATH')));
  if (!path.ok) return path;
  const env = new Map([...proc.env, ['CNI_COMMAND', command]]);
  return yield* execPlugin(proc, path.value, stdin, env);
}

/** invoke.DelegateAdd(). */
export function* delegateAdd(
  proc: Proc,
  plugin: string,
  stdin: string,
  release: Release,
): Step<CniResult> {
  const printed = yield* delegate(proc, plugin, stdin, 'ADD');
  if (!printed.ok) return printed;
  const result = resultFromText(printed.value, release);
  return result.ok ? result : fail(result.error);
}

/** invoke.DelegateCheck(), DelegateDel(), DelegateStatus(). */
export function* delegateOther(
  proc: Proc,
  plugin: string,
  stdin: string,
  command: 'CHECK' | 'DEL' | 'STATUS',
): Step {
  const done = yield* delegate(proc, plugin, stdin, command);
  return done.ok ? ok(undefined) : done;
}
