import { parse } from 'unbash';
import { Source } from './parse';
import type { Shell } from './shell';

/** DEFAULT_PATH_VALUE of Debian's bash. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** initialize_shell_variables(). */
export function startVariables(sh: Shell, env: ReadonlyMap<string, string>): void {
  sh.importEnvironment(env);
  for (const [name, value] of env) importFunction(sh, name, value);
  const standard = (name: string, value: string): void => {
    if (sh.get(name) === undefined) sh.setPlain(name, value);
  };
  standard('PATH', DEFAULT_PATH);
  standard('TERM', 'dumb');
  standard('HOSTNAME', sh.proc.uts.hostname);
  standard('HOSTTYPE', 'x86_64');
  standard('MACHTYPE', 'x86_64-pc-linux-gnu');
  standard('OSTYPE', 'linux-gnu');
  standard('BASH', '/bin/bash');
  sh.setPlain('IFS', ' \t\n');
  sh.setPlain('PS4', '+ ');
  sh.setPlain('OPTIND', '1');
  sh.setPlain('OPTERR', '1');
  sh.setPlain('BASH_VERSION', '5.2.15(1)-release');
  sh.setArray('BASH_VERSINFO', ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu']);
  const inherited = env.get('PWD');
  sh.setPlain(
    'PWD',
    inherited?.startsWith('/') && samePlace(sh, inherited) ? inherited : sh.proc.cwd,
    true,
  );
  const oldpwd = sh.vars.obtain('OLDPWD');
  oldpwd.exported = true;
  const level = Number.parseInt(env.get('SHLVL') ?? '0', 10) || 0;
  sh.setPlain('SHLVL', String(level + 1), true);
  for (const [name, value] of [
    ['UID', sh.proc.uid],
    ['EUID', sh.proc.uid],
    ['PPID', sh.proc.ppid],
  ] as const) {
    const variable = sh.vars.obtain(name);
    Object.assign(variable, {
      value: String(value),
      readonly: true,
      integer: true,
      exported: false,
    });
  }
  sh.lastArgument = env.get('_') ?? '';
}

const samePlace = (sh: Shell, path: string): boolean => path === sh.proc.cwd;

/** `BASH_FUNC_name%%=() { … }`. */
function importFunction(sh: Shell, variable: string, value: string): void {
  const name = /^BASH_FUNC_(.+)%%$/.exec(variable)?.[1];
  if (name === undefined || !value.startsWith('() ')) return;
  const text = `${name} ${value}`;
  const script = parse(text);
  const node = script.commands[0]?.command;
  if (script.errors || node?.type !== 'Function') return;
  sh.functions.set(name, {
    node,
    source: new Source(text, 1),
    file: 'environment',
    exported: true,
  });
}
