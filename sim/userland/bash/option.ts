/**
 * The options of `set -o` with their letters (set.def), in the order in which `set -o` lists them.
 * Data table.
 */
export const SET_OPTIONS = [
  ['allexport', 'a'], ['braceexpand', 'B'], ['emacs', ''], ['errexit', 'e'], ['errtrace', 'E'], ['functrace', 'T'],
  ['hashall', 'h'], ['histexpand', 'H'], ['history', ''], ['ignoreeof', ''], ['interactive-comments', ''],
  ['keyword', 'k'], ['monitor', 'm'], ['noclobber', 'C'], ['noexec', 'n'], ['noglob', 'f'], ['nolog', ''],
  ['notify', 'b'], ['nounset', 'u'], ['onecmd', 't'], ['physical', 'P'], ['pipefail', ''], ['posix', ''],
  ['privileged', 'p'], ['verbose', 'v'], ['vi', ''], ['xtrace', 'x'],
] as const; // biome-ignore format: a table

export type SetOption = (typeof SET_OPTIONS)[number][0];

/**
 * The options of `shopt` and how a non-interactive bash 5.2 starts with them (shopt.def). Data
 * table.
 */
export const SHOPT_DEFAULTS: readonly (readonly [name: string, on: boolean])[] = [
  ['autocd', false], ['assoc_expand_once', false], ['cdable_vars', false], ['cdspell', false], ['checkhash', false],
  ['checkjobs', false], ['checkwinsize', true], ['cmdhist', true], ['compat31', false], ['compat32', false],
  ['compat40', false], ['compat41', false], ['compat42', false], ['compat43', false], ['compat44', false],
  ['complete_fullquote', true], ['direxpand', false], ['dirspell', false], ['dotglob', false], ['execfail', false],
  ['expand_aliases', false], ['extdebug', false], ['extglob', false], ['extquote', true], ['failglob', false],
  ['force_fignore', true], ['globasciiranges', true], ['globskipdots', true], ['globstar', false],
  ['gnu_errfmt', false], ['histappend', false], ['histreedit', false], ['histverify', false], ['hostcomplete', true],
  ['huponexit', false], ['inherit_errexit', false], ['interactive_comments', true], ['lastpipe', false],
  ['lithist', false], ['localvar_inherit', false], ['localvar_unset', false], ['login_shell', false],
  ['mailwarn', false], ['no_empty_cmd_completion', false], ['nocaseglob', false], ['nocasematch', false],
  ['noexpand_translation', false], ['nullglob', false], ['patsub_replacement', true], ['progcomp', true],
  ['progcomp_alias', false], ['promptvars', true], ['restricted_shell', false], ['shift_verbose', false],
  ['sourcepath', true], ['varredir_close', false], ['xpg_echo', false],
]; // biome-ignore format: a table

const NAMES = new Map<string, SetOption>();
for (const [name, letter] of SET_OPTIONS) {
  NAMES.set(name, name);
  if (letter !== '') NAMES.set(letter, name);
}

/** `errexit` for `errexit` and `e`. */
export const setOption = (text: string): SetOption | undefined => NAMES.get(text);
