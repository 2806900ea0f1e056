import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bool, int, list, parseFlags, text } from './flags';
import { parseExpose, parsePortSpecs } from './port-spec';

const FLAGS = [bool('detach', 'd'), list('publish', 'p'), text('name'), int('time', 't')];

describe('flags', () => {
  test.each([
    [
      ['-dp', '8080:80', '--name=a', 'net', '-x'],
      { publish: ['8080:80'], name: ['a'], detach: ['true'] },
      ['net', '-x'],
    ],
    [['-p80', '-p=81', '--', '-d'], { publish: ['80', '81'] }, ['-d']],
  ])('%j', (words, given, args) => {
    const parsed = parseFlags(words, FLAGS, false);
    expect(
      parsed.ok && { given: Object.fromEntries(parsed.value.given), args: parsed.value.args },
    ).toEqual({ given, args });
  });

  test.each([
    [['--nosuch'], 'unknown flag: --nosuch'],
    [['-z'], "unknown shorthand flag: 'z' in -z"],
    [['--name'], 'flag needs an argument: --name'],
    [
      ['-t', 'x'],
      'invalid argument "x" for "-t, --time" flag: strconv.ParseInt: parsing "x": invalid syntax',
    ],
  ])('%j', (words, error) => {
    expect(parseFlags(words, FLAGS)).toEqual({ ok: false, error });
  });
});

describe('ports', () => {
  test.each([
    ['bogus:80', 'Invalid hostPort: bogus'],
    ['1.2.3:80:80', 'Invalid ip address: 1.2.3'],
    ['8100:99999', 'Invalid containerPort: 99999'],
    [
      '8100-8102:80-81',
      'Invalid ranges specified for container and host Ports: 80-81 and 8100-8102',
    ],
    ['8100:80/foo', 'Invalid proto: foo'],
  ])('%s', (spec, error) => {
    expect(parsePortSpecs([spec])).toEqual({ ok: false, error });
  });

  test('any text gives ports or an error', () => {
    fc.assert(
      fc.property(fc.string(), (spec) => {
        expect([true, false]).toContain(parsePortSpecs([spec]).ok);
        expect([true, false]).toContain(parseExpose([spec]).ok);
      }),
      { numRuns: 200 },
    );
  });
});
