import type { Program } from '../../linux/inode';
import { print } from '../../linux/process-io';
import { expandEscapes } from './escape';

/** /bin/echo of coreutils 9.1, src/echo.c. */
export const echo: Program = function* (proc, argv) {
  let newline = true;
  let escapes = false;
  let at = 1;
  for (; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    if (!/^-[neE]+$/.test(arg)) break;
    for (const c of arg.slice(1)) {
      if (c === 'n') newline = false;
      else escapes = c === 'e';
    }
  }
  const text = argv.slice(at).join(' ');
  const done = escapes ? expandEscapes(text, 'echo') : { text, stop: false };
  yield* print(proc, done.text + (newline && !done.stop ? '\n' : ''));
  return 0;
};
