import { expect, test } from 'vitest';
import { runBashScript } from '../../cli/bash-script';
import { drive } from '../../cli/drive';

/** Recorded from mawk 1.3.4 20200120 of Debian 12: script, output, errors, exit code. */
const cases: readonly (readonly [string, string, string, string, number])[] = [
  ['fields and NF', "echo 'a b  c' | awk '{print $2, NF, $NF}'", 'b 3 c\n', '', 0],
  ['-F with a regex', "echo '10.0.1.2/24' | awk -F'[./]' '{print $4 \"|\" $5}'", '2|24\n', '', 0],
  ['a pattern range', "seq 6 | awk '/2/,/4/'", '2\n3\n4\n', '', 0],
  [
    'sums by key in an array',
    'printf \'a 1\\nb 2\\na 3\\n\' | awk \'{s[$1]+=$2} END {print s["a"], s["b"]}\'',
    '4 2\n',
    '',
    0,
  ],
  [
    'precedence of power and unary minus',
    "awk 'BEGIN {print -2^2, 2^3^2, 2^-1}'",
    '-4 512 0.5\n',
    '',
    0,
  ],
  [
    'concatenation binds looser than +',
    'awk \'BEGIN {print 1 + 2 " " 3 * 4; print 1 " " -1}\'',
    '3 12\n1-1\n',
    '',
    0,
  ],
  [
    '> in brackets compares, outside writes',
    'awk \'BEGIN {print (2 > 1); print "x" > "f"; close("f"); getline y < "f"; print y}\'',
    '1\nx\n',
    '',
    0,
  ],
  [
    'assignments, steps and ?:',
    'awk \'BEGIN {x = y = 3; x += ++y; print x, y--, y, (x > 6) ? "big" : "small"}\'',
    '7 4 3 big\n',
    '',
    0,
  ],
  [
    'split and substr',
    'awk \'BEGIN {n = split("a:b:c", p, ":"); print n, p[3], substr("abcd", 2, 3)}\'',
    '3 c bcd\n',
    '',
    0,
  ],
  [
    'sub and gsub',
    'echo aaa | awk \'{sub(/a/, "[&]"); n = gsub(/a/, "\\\\&"); print n, $0}\'',
    '3 [&]&&\n',
    '',
    0,
  ],
  [
    'a function with a local array',
    "awk 'function f(n, t) {t[1] = n; return n < 2 ? 1 : n * f(n - 1)} BEGIN {print f(5)}'",
    '120\n',
    '',
    0,
  ],
  [
    '(i, j) in and SUBSEP',
    "awk 'BEGIN {a[1, 2] = 3; print ((1, 2) in a); delete a[1, 2]; print ((1, 2) in a)}'",
    '1\n0\n',
    '',
    0,
  ],
  [
    'command | getline',
    'awk \'BEGIN {while ("seq 2" | getline x) print "got", x}\'',
    'got 1\ngot 2\n',
    '',
    0,
  ],
  ['print to a pipe', 'awk \'BEGIN {print "b" | "sort"; print "a" | "sort"}\'', 'a\nb\n', '', 0],
  [
    'printf',
    'awk \'BEGIN {printf "%5.2f|%-4s|%03d|%x|%c|%%\\n", 3.14159, "ab", 7, 255, 65}\'',
    ' 3.14|ab  |007|ff|A|%\n',
    '',
    0,
  ],
  [
    'a changed field rebuilds the record',
    'echo \'a b c\' | awk -v OFS=- \'{$2 = "X"; print; $5 = "e"; print}\'',
    'a-X-c\na-X-c--e\n',
    '',
    0,
  ],
  [
    'do, continue, break, exit',
    "awk 'BEGIN {do {if (++i == 2) continue; if (i > 3) break; print i} while (1); exit 3}'",
    '1\n3\n',
    '',
    3,
  ],
  [
    'numbers and strings compare',
    'echo \'10 9\' | awk \'{print ($1 > $2), ("10" > "9"), ($1 == 10.0)}\'',
    '1 0 1\n',
    '',
    0,
  ],
  ['a syntax error', "awk 'BEGIN {print 1 +}'", '', 'awk: line 1: syntax error at or near }\n', 2],
  [
    'functions never defined',
    "awk 'BEGIN {f(1); g(2)}'",
    '',
    'awk: line 2: function g never defined\nawk: line 2: function f never defined\n',
    2,
  ],
];

test.each(cases)('awk: %s', async (_name, script, stdout, stderr, code) => {
  const ran = await drive(runBashScript(script));
  expect({ stdout: ran.stdout, stderr: ran.stderr, code: ran.code }).toEqual({
    stdout,
    stderr,
    code,
  });
});
