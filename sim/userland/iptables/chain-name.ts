import type { Family } from '../../wire/ip';
import { parameterProblem, type XtError } from './extension';
import { ABSENT_TARGETS, findTarget } from './extensions';

/** XT_EXTENSION_MAXNAMELEN of x_tables.h. */
export const MAX_NAME_LENGTH = 29;

/** Targets that need no extension: verdicts. */
export const STANDARD_TARGETS = ['ACCEPT', 'DROP', 'QUEUE', 'RETURN'] as const;
export type StandardTarget = (typeof STANDARD_TARGETS)[number];

export const isStandardTarget = (name: string): name is StandardTarget =>
  STANDARD_TARGETS.some((one) => one === name);

export const chainTooLong = (name: string): XtError | undefined =>
  name.length >= MAX_NAME_LENGTH
    ? parameterProblem(`chain name \`${name}' too long (must be under ${MAX_NAME_LENGTH} chars)`)
    : undefined;

/** assert_valid_chain_name(), iptables/xshared.c. */
export function assertValidChainName(family: Family, name: string): XtError | undefined {
  const long = chainTooLong(name);
  if (long) return long;
  if (name.startsWith('-') || name.startsWith('!')) {
    return parameterProblem(`chain name not allowed to start with \`${name[0]}'`);
  }
  const clash =
    name === '' ||
    isStandardTarget(name) ||
    findTarget(name, family) !== undefined ||
    ABSENT_TARGETS.includes(name);
  if (clash) return parameterProblem('chain name may not clash with target name');
  return /[ \t\n\v\f\r]/.test(name) ? parameterProblem(`Invalid chain name \`${name}'`) : undefined;
}

/** xt_parse_target(). */
export function parseTargetName(name: string): XtError | undefined {
  if (name === '') return parameterProblem('Invalid target name (too short)');
  if (name.length >= MAX_NAME_LENGTH) {
    return parameterProblem(`Invalid target name \`${name}' (${MAX_NAME_LENGTH - 1} chars max)`);
  }
  return /[ \t\n\v\f\r]/.test(name)
    ? parameterProblem(`Invalid target name \`${name}'`)
    : undefined;
}
