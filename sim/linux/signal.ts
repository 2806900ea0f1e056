/** Signals of Linux on x86-64 (include/uapi/asm-generic/signal.h) and what they do by default (signal(7)). */
export const SIGNALS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
} as const;

export type Signal = keyof typeof SIGNALS;
export type Disposition = 'default' | 'ignore' | 'catch';

const IGNORED: ReadonlySet<Signal> = new Set(['CHLD', 'URG', 'WINCH', 'CONT']);
const STOPS: ReadonlySet<Signal> = new Set(['STOP', 'TSTP', 'TTIN', 'TTOU']);

export const defaultAction = (signal: Signal): 'terminate' | 'ignore' | 'stop' =>
  IGNORED.has(signal) ? 'ignore' : STOPS.has(signal) ? 'stop' : 'terminate';

const isSignal = (name: string): name is Signal => Object.hasOwn(SIGNALS, name);

/** `TERM`, `SIGTERM`, `sigterm` or `15`. */
export function parseSignal(text: string): Signal | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (isSignal(name)) return name;
  return signalOfNumber(Number(text));
}

export function signalOfNumber(number: number): Signal | undefined {
  for (const name of Object.keys(SIGNALS)) {
    if (isSignal(name) && SIGNALS[name] === number) return name;
  }
  return undefined;
}
