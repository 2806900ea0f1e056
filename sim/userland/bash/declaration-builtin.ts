/** Builtins whose arguments may be assignments that are not split (ASSIGNMENT_BUILTIN). */
const DECLARATIONS: ReadonlySet<string> = new Set([
  'declare',
  'typeset',
  'local',
  'export',
  'readonly',
]);

export function isDeclaration(name: string, args: readonly string[]): boolean {
  if (DECLARATIONS.has(name)) return true;
  if (name !== 'command' && name !== 'builtin') return false;
  const next = args.find((arg) => !arg.startsWith('-'));
  return next !== undefined && DECLARATIONS.has(next);
}
