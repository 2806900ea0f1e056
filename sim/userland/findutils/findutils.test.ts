import { expect, test } from 'vitest';
import { runBashScript } from '../../cli/bash-script';
import { drive } from '../../cli/drive';

const TREE = 'mkdir -p t/a/b; echo one > t/x.txt; echo two > t/a/y.txt; : > t/a/b/z.log; ';

/** Recorded from GNU findutils 4.9.0 of Debian 12: script, output, errors, exit code. */
const cases: readonly (readonly [string, string, string, string, number])[] = [
  ['-name and -type', `${TREE}find t -name '*.txt' -type f | sort`, 't/a/y.txt\nt/x.txt\n', '', 0],
  [
    '-maxdepth and -mindepth',
    `${TREE}find t -mindepth 1 -maxdepth 1 | sort`,
    't/a\nt/x.txt\n',
    '',
    0,
  ],
  [
    '-o binds looser than -a',
    `${TREE}find t -name x.txt -o -type d -name b | sort`,
    't/a/b\nt/x.txt\n',
    '',
    0,
  ],
  ['! and brackets', `${TREE}find t -type f ! \\( -name '*.txt' \\)`, 't/a/b/z.log\n', '', 0],
  ['-prune', `${TREE}find t -name a -prune -o -type f -print`, 't/x.txt\n', '', 0],
  ['-empty', `${TREE}find t -empty`, 't/a/b/z.log\n', '', 0],
  ['-path', `${TREE}find t -path '*/b/*'`, 't/a/b/z.log\n', '', 0],
  [
    '-size',
    `${TREE}find t -type f -size -1c; find t -size +3c -type f | sort`,
    't/a/b/z.log\nt/a/y.txt\nt/x.txt\n',
    '',
    0,
  ],
  [
    '-printf',
    `${TREE}find t -type f -printf '%f %s %P %d\\n' | sort`,
    'x.txt 4 x.txt 1\ny.txt 4 a/y.txt 2\nz.log 0 a/b/z.log 3\n',
    '',
    0,
  ],
  ['-exec with ;', `${TREE}find t -name x.txt -exec cat {} \\;`, 'one\n', '', 0],
  ['-exec with +', `${TREE}find t/a -name y.txt -exec echo got {} +`, 'got t/a/y.txt\n', '', 0],
  [
    '-delete',
    `${TREE}find t -name '*.log' -delete; find t -type f | sort`,
    't/a/y.txt\nt/x.txt\n',
    '',
    0,
  ],
  [
    'a place that is not there',
    'find none; echo $?',
    '1\n',
    'find: ‘none’: No such file or directory\n',
    0,
  ],
  ['an unknown predicate', 'find . -nope', '', "find: unknown predicate `-nope'\n", 1],
  ['an argument missing', 'find . -name', '', "find: missing argument to `-name'\n", 1],
  ['xargs -n', "printf '1 2 3\\n' | xargs -n2 echo", '1 2\n3\n', '', 0],
  ['xargs -I', "printf 'a b\\nc\\n' | xargs -I% echo '<%>'", '<a b>\n<c>\n', '', 0],
  [
    'find -print0 | xargs -0',
    `${TREE}find t -name '*.txt' -print0 | sort -z | xargs -0 cat`,
    'two\none\n',
    '',
    0,
  ],
  ['xargs with quotes', 'echo "\'a b\' c\\\\ d" | xargs -n1 echo', 'a b\nc d\n', '', 0],
  ['xargs gives 123 when a command fails', "printf 'a\\n' | xargs false; echo $?", '123\n', '', 0],
];

test.each(cases)('findutils: %s', async (_name, script, stdout, stderr, code) => {
  const ran = await drive(runBashScript(script));
  expect({ stdout: ran.stdout, stderr: ran.stderr, code: ran.code }).toEqual({
    stdout,
    stderr,
    code,
  });
});
