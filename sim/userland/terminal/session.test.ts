import { describe, expect, test } from 'vitest';
import { installFilesystem } from '../../linux/filesystem';
import { World } from '../../linux/world';
import { debianPrograms } from '../debian';
import { TerminalSession } from './session';
import { withoutEscapes } from './width';

/** A terminal on a fresh host; `type` gives what came on the screen, without control sequences. */
function terminal(): {
  readonly session: TerminalSession;
  readonly type: (keys: string, seconds?: number) => string;
} {
  const world = new World({ seed: 'terminal' });
  const host = world.addHost('node01');
  installFilesystem(host, debianPrograms);
  const session = new TerminalSession(host, 0);
  const type = (keys: string, seconds = 0.2): string => {
    for (const input of session.key(keys)) session.apply(input);
    world.runUntil(world.nowUs + seconds * 1_000_000);
    for (const input of session.keysAhead()) session.apply(input);
    world.runUntil(world.nowUs + 1000);
    return withoutEscapes(session.takeOutput()).replace(/\r/g, '');
  };
  type('');
  return { session, type };
}

/** What follows the echoed line. */
const answer = (screen: string): string => screen.slice(screen.indexOf('\n') + 1);

describe('an interactive bash on a terminal', () => {
  test.each([
    ['a command', ['echo hi\r'], 'hi\nroot@node01:~# '],
    ['an error', ['nosuch\r'], '-bash: nosuch: command not found\nroot@node01:~# '],
    [
      'a syntax error',
      ['if then\r'],
      "-bash: syntax error near unexpected token `then'\nroot@node01:~# ",
    ],
    ['PS2', ['for i in 1 2\r'], '> '],
    ['the end of a loop', ['for i in 1 2\r', 'do echo $i; done\r'], '1\n2\nroot@node01:~# '],
    ['the prompt follows cd', ['cd /tmp\r'], 'root@node01:/tmp# '],
    ['a job that starts', ['sleep 9 &\r'], '[1] 302\nroot@node01:~# '],
    ['jobs', ['sleep 9 &\r', 'jobs\r'], '[1]+  Running                 sleep 9 &\nroot@node01:~# '],
    [
      'a job that ended',
      ['sleep 0.1 &\r', 'true\r'],
      '[1]+  Done                    sleep 0.1\nroot@node01:~# ',
    ],
    [
      'kill %1',
      ['sleep 9 &\r', 'kill %1\r'],
      '[1]+  Terminated              sleep 9\nroot@node01:~# ',
    ],
    ['fg names the job', ['sleep 9 &\r', 'fg\r'], 'sleep 9\n'],
    ['read', ['read v\r', 'a b\r', 'echo $v\r'], 'a b\nroot@node01:~# '],
    ['Korean', ['echo "가 나"\r'], '가 나\nroot@node01:~# '],
    ['history', ['true\r', 'history\r'], '    1  true\n    2  history\nroot@node01:~# '],
    ['!!', ['echo a\r', '!! b\r'], 'echo a b\na b\nroot@node01:~# '],
    ['an alias', ["alias ll='echo LL'\r", 'll x\r'], 'LL x\nroot@node01:~# '],
    ['exit code of ^C', ['sleep 9\r', '\x03', 'echo $?\r'], '130\nroot@node01:~# '],
    ['exit', ['exit\r'], 'logout\n'],
  ] as const)('%s', (_name, keys, want) => {
    const { type } = terminal();
    const screens = keys.map((one) => type(one));
    expect(answer(screens.at(-1) ?? '')).toBe(want);
  });

  test('^C ends what runs in front, ^Z stops it, bg lets it go on', () => {
    const { type } = terminal();
    type('sleep 9\r');
    expect(type('\x03')).toBe('^C\nroot@node01:~# ');
    type('sleep 9\r');
    expect(type('\x1a')).toBe('^Z\n[1]+  Stopped                 sleep 9\nroot@node01:~# ');
    expect(answer(type('bg\r'))).toBe('[1]+ sleep 9 &\nroot@node01:~# ');
  });

  test('^C at PS2 throws the command away', () => {
    const { type } = terminal();
    type('if true\r');
    expect(type('\x03')).toBe('^C\nroot@node01:~# ');
    expect(answer(type('echo ok\r'))).toBe('ok\nroot@node01:~# ');
  });

  test('^D ends cat, then the shell', () => {
    const { type, session } = terminal();
    type('cat\r');
    expect(answer(type('abc\r'))).toBe('abc\n');
    expect(type('\x04')).toBe('root@node01:~# ');
    type('\x04');
    expect(session.shell).toBeUndefined();
  });

  test('Tab completes commands, variables of the shell and its functions', () => {
    const { type } = terminal();
    type('unusual() { echo f; }; LONGNAME=v\r');
    expect(answer(type('unus\t\r'))).toBe('f\nroot@node01:~# ');
    expect(answer(type('echo $LONGN\t\r'))).toBe('v\nroot@node01:~# ');
  });
});
