import { expect, test } from 'vitest';
import { runBashScript } from '../../cli/bash-script';
import { drive } from '../../cli/drive';

/** Recorded from GNU grep 3.8 of Debian 12: script, output, errors, exit code. */
const cases: readonly (readonly [string, string, string, string, number])[] = [
  ['-n and -i', "printf 'Up\\ndown\\nUP\\n' | grep -ni up", '1:Up\n3:UP\n', '', 0],
  ['-v and -c', 'seq 5 | grep -vc 3', '4\n', '', 0],
  [
    '-o with -E',
    "echo '10.0.1.2/24 via 10.0.1.1' | grep -oE '([0-9]+\\.){3}[0-9]+'",
    '10.0.1.2\n10.0.1.1\n',
    '',
    0,
  ],
  ['-w', "printf 'eth0\\neth01\\neth0:1\\n' | grep -w eth0", 'eth0\neth0:1\n', '', 0],
  ['-x and -F', "printf 'a.c\\nabc\\na.cd\\n' | grep -xF a.c", 'a.c\n', '', 0],
  [
    '-A and -B with --',
    "seq 12 | grep -n -A1 -B1 -E '^(3|9)$'",
    '2-2\n3:3\n4-4\n--\n8-8\n9:9\n10-10\n',
    '',
    0,
  ],
  ['-m stops', 'seq 30 | grep -m2 1', '1\n10\n', '', 0],
  [
    '-l, -L and names',
    'echo a > f; echo b > g; grep -l a f g; grep -L a f g; grep . f g',
    'f\ng\nf:a\ng:b\n',
    '',
    0,
  ],
  ['-r', 'mkdir -p d/e; echo hit > d/e/x; echo no > d/y; grep -r hit d', 'd/e/x:hit\n', '', 0],
  [
    '-q gives only the code',
    'echo a | grep -q b; echo $?; echo a | grep -q a; echo $?',
    '1\n0\n',
    '',
    0,
  ],
  ['several -e', 'seq 4 | grep -e 2 -e 4', '2\n4\n', '', 0],
  ['a back reference', "printf 'abab\\nabba\\n' | grep '\\(ab\\)\\1'", 'abab\n', '', 0],
  [
    'basic + and \\+',
    "printf 'a+\\naa\\n' | grep 'a+'; printf 'ab\\naab\\n' | grep -c 'a\\+b'",
    'a+\n2\n',
    '',
    0,
  ],
  ['-P with a look-ahead', "printf 'veth1\\nvethx\\n' | grep -oP 'veth(?=\\d)'", 'veth\n', '', 0],
  ['a file that is not there', 'grep a none', '', 'grep: none: No such file or directory\n', 2],
  ['-s says nothing of it', 'grep -s a none', '', '', 2],
  ['an unmatched bracket', "echo a | grep '[a'", '', 'grep: Unmatched [, [^, [:, [., or [=\n', 2],
  ['an unmatched ( of -E', "echo a | grep -E '(a'", '', 'grep: Unmatched ( or \\(\n', 2],
];

test.each(cases)('grep: %s', async (_name, script, stdout, stderr, code) => {
  const ran = await drive(runBashScript(script));
  expect({ stdout: ran.stdout, stderr: ran.stderr, code: ran.code }).toEqual({
    stdout,
    stderr,
    code,
  });
});
