import { printSimple } from './node-print';
import { SET_OPTIONS } from './option';
import type { Shell } from './shell';

/** Park and Miller's generator behind $RANDOM (intrand32 and brand of lib/sh/random.c). */
export interface ShellRandom {
  seed: number;
  last: number;
  seeded: boolean;
}

export const newShellRandom = (): ShellRandom => ({ seed: 0, last: 0, seeded: false });

function nextRandom(random: ShellRandom): number {
  for (;;) {
    const from = random.seed === 0 ? 123459876 : random.seed;
    const high = Math.trunc(from / 127773);
    const low = from - 127773 * high;
    const next = 16807 * low - 2836 * high;
    random.seed = (next < 0 ? next + 0x7fffffff : next) >>> 0;
    const value = ((random.seed >>> 16) ^ (random.seed & 65535)) & 32767;
    if (value === random.last) continue;
    random.last = value;
    return value;
  }
}

/** Variables that are computed when read (variables.c, initialize_dynamic_variables). */
export function registerDynamic(sh: Shell): void {
  const { dynamic } = sh.vars;
  const clock = (): number => sh.proc.host.clockUs;
  dynamic.set('RANDOM', {
    get: () => {
      if (!sh.random.seeded) {
        sh.random = {
          seed: sh.proc.host.random(`bash/${sh.proc.pid}`).below(0x7fffffff),
          last: 0,
          seeded: true,
        };
      }
      return String(nextRandom(sh.random));
    },
    set: (value) => {
      sh.random = { seed: Number.parseInt(value, 10) >>> 0 || 0, last: 0, seeded: true };
    },
  });
  dynamic.set('SRANDOM', {
    get: () => String(sh.proc.host.random('srandom').below(0xffffffff)),
  });
  dynamic.set('SECONDS', {
    get: () => String(Math.floor((sh.proc.host.nowUs - sh.startUs) / 1_000_000)),
    set: (value) => {
      sh.startUs = sh.proc.host.nowUs - (Number.parseInt(value, 10) || 0) * 1_000_000;
    },
  });
  dynamic.set('LINENO', { get: () => String(sh.line), set: () => undefined });
  dynamic.set('EPOCHSECONDS', { get: () => String(Math.floor(clock() / 1_000_000)) });
  dynamic.set('EPOCHREALTIME', {
    get: () => `${Math.floor(clock() / 1_000_000)}.${String(clock() % 1_000_000).padStart(6, '0')}`,
  });
  dynamic.set('BASHPID', { get: () => String(sh.proc.pid) });
  dynamic.set('BASH_SUBSHELL', { get: () => String(sh.subshell) });
  dynamic.set('BASH_COMMAND', {
    get: () => currentText(sh),
  });
  dynamic.set('HISTCMD', { get: () => String(sh.history.length + 1) });
  dynamic.set('SHELLOPTS', { get: () => setOptions(sh), isReadonly: true });
  dynamic.set('BASHOPTS', { get: () => shoptOptions(sh), isReadonly: true });
  registerArrays(sh);
}

function currentText(sh: Shell): string {
  const { current } = sh;
  if (!current) return '';
  return 'text' in current ? current.text : printSimple(current.node, current.source.text);
}

function registerArrays(sh: Shell): void {
  const { dynamic } = sh.vars;
  const calls = (): Shell['frames'] => [...sh.frames].reverse();
  const array = (name: string, values: () => readonly string[]): void => {
    dynamic.set(name, { get: () => values()[0], isArray: values });
  };
  array('FUNCNAME', () =>
    sh.frames.some((frame) => frame.kind !== 'main') ? calls().map((frame) => frame.name) : [],
  );
  array('BASH_SOURCE', () => calls().map((frame) => frame.file));
  array('BASH_LINENO', () => calls().map((frame) => String(frame.callLine)));
  array('DIRSTACK', () => [sh.get('PWD') ?? sh.proc.cwd, ...sh.directories]);
  array('GROUPS', () => ['0']);
}

const setOptions = (sh: Shell): string =>
  SET_OPTIONS.filter(([name]) => sh.has(name))
    .map(([name]) => name)
    .join(':');

const shoptOptions = (sh: Shell): string =>
  [...sh.shopt]
    .filter(([, on]) => on)
    .map(([name]) => name)
    .sort()
    .join(':');
