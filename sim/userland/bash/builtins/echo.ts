import type { Blocking } from '../../../linux/wait-queue';
import { out } from '../builtin';
import type { Shell } from '../shell';
import { byteChar, joinBytes } from '../word';

/** echo.def. */
export function* echo(sh: Shell, words: readonly string[]): Blocking<number> {
  let newline = true;
  let escapes = sh.shoptOn('xpg_echo');
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!/^-[neE]+$/.test(word)) break;
    for (const letter of word.slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = words.slice(at).join(' ');
  if (!escapes) return yield* out(sh, 'echo', newline ? `${text}\n` : text);
  const expanded = echoEscapes(text);
  return yield* out(sh, 'echo', newline && !expanded.stop ? `${expanded.text}\n` : expanded.text);
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\',
}; // biome-ignore format: a table

/** ansicstr() with the flags of `echo -e` and `%b`: octal is `\0NNN`, and `\c` ends the output. */
export function echoEscapes(text: string, percentB = false): { text: string; stop: boolean } {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c !== '\\') {
      out += c;
      continue;
    }
    const rest = text.slice(at + 1);
    if (rest.startsWith('c')) return { text: joinBytes(out), stop: true };
    const octal = (percentB ? /^0?([0-7]{1,3})/ : /^0([0-7]{0,3})/).exec(rest);
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest);
    const unicode = /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(rest);
    const found = octal ?? hex ?? unicode;
    if (octal) out += byteChar(Number.parseInt(octal[1] || '0', 8) & 255);
    else if (hex) out += byteChar(Number.parseInt(hex[1] ?? '', 16));
    else if (unicode) {
      out += String.fromCodePoint(
        Math.min(0x10ffff, Number.parseInt(unicode[1] ?? unicode[2] ?? '', 16)),
      );
    } else {
      const simple = SIMPLE[rest[0] ?? ''];
      out += simple ?? `\\${rest[0] ?? ''}`;
    }
    at += found ? found[0].length : 1;
  }
  return { text: joinBytes(out), stop: false };
}
