import type { Shell } from './shell';

/** An event that the history does not hold. */
export interface MissingEvent {
  readonly missing: string;
}

/**
 * history_expand() of readline's histexpand.c: events `!!` `!n` `!-n` `!str` `!?str?`, words `!$`
 * `!^` `!*`, `^a^b`.
 */
export function expandHistory(sh: Shell, line: string): string | MissingEvent {
  const quick = /^\^([^^]+)\^([^^]*)\^?(.*)$/.exec(line);
  if (quick) {
    const last = sh.history.at(-1) ?? '';
    if (!last.includes(quick[1] ?? '')) return { missing: `:s${line}` };
    return last.replace(quick[1] ?? '', () => quick[2] ?? '') + (quick[3] ?? '');
  }
  if (!line.includes('!')) return line;
  let out = '';
  for (let at = 0; at < line.length; ) {
    const c = line[at] ?? '';
    if (c === '\\') {
      out += line.slice(at, at + 2);
      at += 2;
    } else if (c === "'") {
      const close = line.indexOf("'", at + 1);
      const end = close < 0 ? line.length : close + 1;
      out += line.slice(at, end);
      at = end;
    } else if (c === '!') {
      const event = EVENT.exec(line.slice(at));
      if (!event) {
        out += c;
        at++;
        continue;
      }
      const text = eventText(sh, event[0]);
      if (text === undefined) return { missing: event[0] };
      out += text;
      at += event[0].length;
    } else {
      out += c;
      at++;
    }
  }
  return out;
}

/** `!` before a blank, `=`, `(` or a closing quote is an ordinary character. */
const EVENT = /^!(?:!|[$^*]|-?\d+|\?[^?]+\??|[^\s=("'!;&|)]+)(?::?[$^*]|:\d+)?/;

function eventText(sh: Shell, event: string): string | undefined {
  const found = /^!(!|(?=[$^*])|-?\d+|\?[^?]+\??|[^\s:$^*]+)(?::?([$^*])|:(\d+))?$/.exec(event);
  if (!found) return undefined;
  const line = lineOf(sh, found[1] ?? '');
  if (line === undefined) return undefined;
  const words = line.split(/\s+/);
  if (found[3] !== undefined) return words[Number(found[3])];
  if (found[2] === '$') return words.at(-1);
  if (found[2] === '^') return words[1];
  return found[2] === '*' ? words.slice(1).join(' ') : line;
}

function lineOf(sh: Shell, name: string): string | undefined {
  const { history } = sh;
  if (name === '!' || name === '') return history.at(-1);
  if (/^-?\d+$/.test(name)) {
    const number = Number(name);
    return number < 0 ? history.at(number) : history[number - 1];
  }
  const part = name.startsWith('?') ? name.slice(1).replace(/\?$/, '') : undefined;
  return [...history]
    .reverse()
    .find((line) => (part === undefined ? line.startsWith(name) : line.includes(part)));
}
