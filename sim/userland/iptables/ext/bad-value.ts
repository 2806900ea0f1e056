import { parameterProblem, type XtError } from '../extension';

/** xtables_param_act(XTF_BAD_VALUE, …). */
export const badValue = (extension: string, option: string, value: string): XtError =>
  parameterProblem(`${extension}: Bad value for "${option}" option: "${value}"`);

/** xtables_param_act(XTF_ONLY_ONCE, …). */
export const onlyOnce = (extension: string, option: string): XtError =>
  parameterProblem(`${extension}: "${option}" option may only be specified once`);
