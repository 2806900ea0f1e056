import type { SyntaxNode } from 'unbash';
import { printSimple } from './node-print';
import type { Shell } from './shell';

/** The text of a command as job lists show it (make_command_string), taken from its source. */
export function nodeText(sh: Shell, node: SyntaxNode): string {
  if (node.type === 'Command' && sh.source) return printSimple(node, sh.source.text);
  const text = sh.source?.text.slice(node.pos, node.end) ?? '';
  return text
    .replace(/\\\n/g, '')
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('; ')
    .replace(/(\b(?:do|then|else)|\{|\();/g, '$1');
}
