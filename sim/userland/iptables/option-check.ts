import { parameterProblem, type XtError, type XtOption } from './extension';

/** xtables_option_parse() before it reads the value: used twice, `!` where none may stand. */
export function checkUse(
  extension: string,
  option: XtOption,
  use: { readonly flags: ReadonlySet<string>; readonly invert: boolean },
): XtError | undefined {
  const once = !option.multi || option.excl?.includes(option.id);
  if (once && use.flags.has(option.id)) {
    return parameterProblem(`${extension}: option "--${option.name}" can only be used once.\n`);
  }
  if (use.invert && !option.invert) {
    return parameterProblem(`${extension}: option "--${option.name}" cannot be inverted.\n`);
  }
  return undefined;
}

/** xtables_options_fcheck(): what must stand, what cannot stand together, what wants another. */
export function checkOptions(
  extension: string,
  options: readonly XtOption[],
  flags: ReadonlySet<string>,
): XtError | undefined {
  // One entry for each id, the first of its synonyms.
  const others = options.filter((o, i) => options.findIndex((first) => first.id === o.id) === i);
  for (const entry of options) {
    if (entry.mandatory && !flags.has(entry.id)) {
      return parameterProblem(`${extension}: option "--${entry.name}" must be specified\n`);
    }
    if (!flags.has(entry.id)) continue;
    for (const other of others) {
      if (other.id === entry.id) continue;
      if (entry.also?.includes(other.id) && !flags.has(other.id)) {
        return parameterProblem(
          `${extension}: option "--${entry.name}" also requires "--${other.name}".\n`,
        );
      }
      if (entry.excl?.includes(other.id) && flags.has(other.id)) {
        return parameterProblem(
          `${extension}: option "--${entry.name}" cannot be used together with "--${other.name}".\n`,
        );
      }
    }
  }
  return undefined;
}
