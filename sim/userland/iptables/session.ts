import type { Proc } from '../../linux/process';
import type { Family } from '../../wire/ip';
import { PARAMETER_PROBLEM, VERSION_PROBLEM, type XtError } from './extension';

export const VERSION = '1.8.9 (nf_tables)';

/** One run of a tool: who it is, and what it has written so far. */
export interface Session {
  readonly proc: Proc;
  readonly family: Family;
  /** xt_params->program_name. */
  readonly program: string;
  /** The line that -restore reads; -1 elsewhere. */
  line: number;
  out: string;
  err: string;
}

/** The run is over, and all is already said: its exit status. */
export interface Exit {
  readonly code: number;
}

export const tryHelp = (session: Session): string =>
  (session.line === -1 ? '' : `Error occurred at line: ${session.line}\n`) +
  `Try \`${session.program} -h' or '${session.program} --help' for more information.\n`;

/** basic_exit_err(), libxtables/xtables.c. */
export function exitError(session: Session, error: XtError): Exit {
  if (error.absent) {
    session.err += `hopwise: ${session.program}: ${error.text} is not simulated\n`;
    return { code: error.status };
  }
  session.err += `${session.program} v${VERSION}: ${error.text}\n`;
  if (error.status === PARAMETER_PROBLEM) session.err += tryHelp(session);
  else if (error.status === VERSION_PROBLEM) {
    session.err += `Perhaps ${session.program} or your kernel needs to be upgraded.\n`;
  }
  return { code: error.status };
}

/** exit_tryhelp(). */
export function exitTryHelp(session: Session, code: number): Exit {
  session.err += tryHelp(session);
  return { code };
}

export const newSession = (proc: Proc, family: Family, program: string): Session => ({
  proc,
  family,
  program,
  line: -1,
  out: '',
  err: '',
});
