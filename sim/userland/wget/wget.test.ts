import { expect, test } from 'vitest';
import { Machine } from '../../test/machine';
import { serve } from '../serve/serve';
import { wget } from './wget';

function pair(): Machine {
  const m = new Machine();
  m.cable(['c', 'eth0', '10.0.0.1/24'], ['s', 'eth0', '10.0.0.2/24']);
  m.start('s', serve, 'serve 80 hello');
  m.run(0.1);
  return m;
}

test('a document on standard output', () => {
  const ran = pair().exec('c', wget, 'wget -q -O - http://10.0.0.2/');
  expect([ran.stdout, ran.stderr, ran.code]).toEqual(['hello from 10.0.0.1\n', '', 0]);
});

test('what it tells', () => {
  const ran = pair().exec('c', wget, 'wget -O /tmp/x http://10.0.0.2/');
  expect(ran.stderr.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<date>')).toBe(
    '--<date>--  http://10.0.0.2/\nConnecting to 10.0.0.2:80... connected.\n' +
      'HTTP request sent, awaiting response... 200 OK\nLength: 20 [text/plain]\n' +
      'Saving to: ‘/tmp/x’\n\n\n<date> - ‘/tmp/x’ saved [20/20]\n\n',
  );
});

test('refused', () => {
  const ran = pair().exec('c', wget, 'wget http://10.0.0.2:81/');
  expect(ran.stderr).toContain('Connecting to 10.0.0.2:81... failed: Connection refused.\n');
  expect(ran.code).toBe(4);
});
