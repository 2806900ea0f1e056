import { expect, test } from 'vitest';
import { runBashScript } from '../../cli/bash-script';
import { drive } from '../../cli/drive';

/** Recorded from GNU sed 4.9 of Debian 12: script, output, errors, exit code. */
const cases: readonly (readonly [string, string, string, string, number])[] = [
  ['s with a number and g', "printf 'a b a b a\\n' | sed 's/a/X/2g'", 'a b X b X\n', '', 0],
  [
    'groups and case conversion',
    "echo 'eth0 up' | sed -E 's/([a-z]+)([0-9]) (.*)/\\u\\1-\\2 \\U\\3/'",
    'Eth-0 UP\n',
    '',
    0,
  ],
  ['& and another delimiter', "echo /etc/hosts | sed 's|/etc|<&>|'", '</etc>/hosts\n', '', 0],
  ['a range from line to regex', "seq 6 | sed -n '2,/4/p'", '2\n3\n4\n', '', 0],
  ['a step address', "seq 7 | sed -n '1~3p'", '1\n4\n7\n', '', 0],
  ['addr,+n and addr,~n', "seq 9 | sed -n '2,+1p;5,~4p'", '2\n3\n5\n6\n7\n8\n', '', 0],
  ['the last line, negated', "seq 3 | sed '$!d'", '3\n', '', 0],
  ['hold space reverses lines', "seq 3 | sed -n '1!G;h;$p'", '3\n2\n1\n', '', 0],
  [
    'N and t join continued lines',
    "printf 'a\\\\\\nb\\nc\\n' | sed -e ':a' -e '/\\\\$/N; s/\\\\\\n//; ta'",
    'ab\nc\n',
    '',
    0,
  ],
  [
    'a, i and c',
    "seq 3 | sed -e '1i before' -e '2c middle' -e '3a after'",
    'before\n1\nmiddle\n3\nafter\n',
    '',
    0,
  ],
  ['y', "echo abc | sed 'y/abc/xyz/'", 'xyz\n', '', 0],
  [
    'l shows what is not printable',
    "printf 'a\\tb\\\\\\303\\251\\n' | sed -n l",
    'a\\tb\\\\\\303\\251$\n',
    '',
    0,
  ],
  ['q with a code', "seq 5 | sed '2q7'", '1\n2\n', '', 7],
  ['= and F', "printf 'x\\ny\\n' > f; sed -n '$=;1F' f", 'f\n2\n', '', 0],
  [
    '-i keeps a backup',
    "echo old > f; sed -i.bak 's/old/new/' f; cat f f.bak",
    'new\nold\n',
    '',
    0,
  ],
  ['an empty regex is the last one', "echo aXb | sed '/X/s//-/'", 'a-b\n', '', 0],
  ['an unknown command', 'sed k', '', "sed: -e expression #1, char 1: unknown command: `k'\n", 1],
  [
    'an unterminated s',
    "echo a | sed 's/a/b'",
    '',
    "sed: -e expression #1, char 5: unterminated `s' command\n",
    1,
  ],
  [
    'an unknown option to s',
    "echo a | sed 's/a/b/y'",
    '',
    "sed: -e expression #1, char 7: unknown option to `s'\n",
    1,
  ],
  [
    'a file that is not there',
    'sed p none',
    '',
    "sed: can't read none: No such file or directory\n",
    2,
  ],
];

test.each(cases)('sed: %s', async (_name, script, stdout, stderr, code) => {
  const ran = await drive(runBashScript(script));
  expect({ stdout: ran.stdout, stderr: ran.stderr, code: ran.code }).toEqual({
    stdout,
    stderr,
    code,
  });
});
