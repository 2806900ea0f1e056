import { readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking, Process } from '../../linux/wait-queue';
import { expandText } from './expand';
import { readCommand } from './grammar';
import { expandHistory } from './history-expansion';
import { runInput } from './input';
import { jobLine, jobState, reap, removeJob } from './job';
import { promptText } from './prompt';
import { readLine } from './read-line';
import { runText } from './run-text';
import type { Shell } from './shell';
import { finish } from './subshell';
import { setTrapSignal } from './trap';

/** The interactive shell that a process runs: line editors ask it for names to complete. */
export const interactiveShells = new WeakMap<Proc, Shell>();

/**
 * An interactive shell: prompts, job control, history. The terminal shows prompts and edits lines.
 */
export function* runInteractive(sh: Shell, how: { readonly login: boolean }): Process {
  sh.interactive = true;
  if (!sh.dash) sh.options.add('histexpand').add('history').add('emacs');
  sh.shopt.set('expand_aliases', true);
  if (how.login) sh.shopt.set('login_shell', true);
  if (sh.proc.tty) {
    sh.options.add('monitor');
    sh.proc.pgid = sh.proc.pid;
    sh.proc.tty.foreground = sh.proc.pgid;
  }
  for (const name of ['INT', 'TERM', 'TSTP', 'TTIN', 'TTOU', 'QUIT']) setTrapSignal(sh, name);
  sh.setPlain('PS1', sh.get('PS1') ?? (sh.dash ? '# ' : '\\u@\\h:\\w\\$ '));
  sh.setPlain('PS2', sh.get('PS2') ?? '> ');
  interactiveShells.set(sh.proc, sh);
  if (!sh.dash) yield* startupFiles(sh, how.login);
  yield* runInput(sh, { readLine: (continued) => interactiveLine(sh, continued) });
  if (sh.unwind === undefined) {
    const said = sh.dash ? '\n' : how.login ? 'logout\n' : 'exit\n';
    yield* printError(sh.proc, said);
  }
  return yield* finish(sh, sh.status);
}

function* startupFiles(sh: Shell, login: boolean): Blocking<void> {
  const home = sh.get('HOME') ?? '/root';
  const files = login
    ? ['/etc/profile', `${home}/.bash_profile`, `${home}/.profile`]
    : ['/etc/bash.bashrc', `${home}/.bashrc`];
  for (const path of files) {
    const text = readTextAt(sh.proc, path);
    if (typeof text === 'string') continue;
    yield* runText(sh, text.text, { firstLine: 1 });
    sh.unwind = undefined;
  }
  sh.status = 0;
}

function* interactiveLine(sh: Shell, continued: boolean): Blocking<string | undefined> {
  for (;;) {
    if (!continued) {
      yield* tellJobs(sh);
      windowSize(sh);
      const command = sh.get('PROMPT_COMMAND');
      if (command !== undefined && command !== '') {
        const { status } = sh;
        yield* runText(sh, command, { firstLine: 1 });
        sh.status = status;
        sh.unwind = undefined;
      }
    }
    const prompt = yield* promptOf(sh, continued ? 'PS2' : 'PS1');
    yield* sh.raw(2, prompt);
    const line = yield* readLine(sh, { fd: 0, raw: true, delimiter: '\n' });
    if (line.failed === 'interrupted') {
      sh.pendingSignals = sh.pendingSignals.filter(
        (signal) => signal !== 'INT' || sh.traps.has('INT'),
      );
      yield* sh.raw(2, '\n');
      sh.status = 130;
      if (continued) {
        sh.interrupted = true;
        return undefined;
      }
      continue;
    }
    if (!line.delimited && line.text === '') return undefined;
    const expanded = sh.has('histexpand') ? expandHistory(sh, line.text) : line.text;
    if (typeof expanded !== 'string') {
      yield* sh.error(`${expanded.missing}: event not found`);
      if (continued) {
        sh.interrupted = true;
        return undefined;
      }
      continue;
    }
    if (expanded !== line.text) yield* sh.raw(2, `${expanded}\n`);
    if (continued) appendHistory(sh, expanded);
    else remember(sh, expanded);
    return `${expanded}\n`;
  }
}

/** The prompt with its escapes and expansions; the marks of \[ \] are not for the screen. */
export function* promptOf(sh: Shell, name: 'PS1' | 'PS2'): Blocking<string> {
  const escaped = promptText(sh, sh.get(name) ?? '');
  const text = sh.shoptOn('promptvars') ? yield* expandText(sh, escaped, 'double') : escaped;
  return text.replace(/[\x01\x02]/g, '');
}

/** checkwinsize: LINES and COLUMNS follow the terminal. */
function windowSize(sh: Shell): void {
  const { tty } = sh.proc;
  if (!tty || !sh.shoptOn('checkwinsize')) return;
  sh.setPlain('LINES', String(tty.rows));
  sh.setPlain('COLUMNS', String(tty.columns));
}

/** HISTSIZE of Debian's skeleton. */
const MAX_HISTORY = 1000;

function remember(sh: Shell, line: string): void {
  const control = sh.get('HISTCONTROL') ?? '';
  if (line.trim() === '') return;
  if (/ignoreboth|ignorespace/.test(control) && line.startsWith(' ')) return;
  if (/ignoreboth|ignoredups/.test(control) && sh.history.at(-1) === line) return;
  sh.history.push(line);
  if (sh.history.length > MAX_HISTORY) sh.history.shift();
}

/** cmdhist: the lines of one command are one entry (bash_add_history). */
function appendHistory(sh: Shell, line: string): void {
  const last = sh.history.pop();
  sh.history.push(last === undefined ? line : last + joint(last) + line);
}

/** What stands between two lines of a command in the history. */
function joint(text: string): string {
  const reading = readCommand(`${text}\n`, 0);
  if (reading.kind === 'command') return '\n';
  if (reading.kind === 'failed' && reading.failure.kind === 'more') {
    if (reading.failure.wanted !== undefined) return '\n';
  }
  return /(?:\b(?:do|then|else|elif|in|if|while|until)|[{(|&;])\s*$/.test(text) ? ' ' : '; ';
}

/** notify_and_cleanup(): `[1]+  Done                    sleep 5`. */
export function* tellJobs(sh: Shell): Blocking<void> {
  reap(sh);
  for (const job of [...sh.jobs.list]) {
    if (job.foreground || job.notified || jobState(job) === 'Running') continue;
    yield* sh.raw(2, `${jobLine(sh, job)}\n`);
    job.notified = true;
    if (jobState(job) === 'Done') removeJob(sh, job);
  }
}
