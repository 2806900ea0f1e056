import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress, splitAddressAndPort } from './address';
import { isFailure, parseCommand } from './parse';

/** What the program says of a command line; undefined: nothing is wrong. */
const wrong = (line: string): string | undefined => {
  const parsed = parseCommand(line.split(' ').filter((word) => word !== ''));
  return isFailure(parsed) ? parsed.text : undefined;
};

describe('do_parse()', () => {
  // Recorded: conntrack 1.4.7 of Debian 12.
  test.each([
    ['-Z', "unknown option `-Z'"],
    ['-L -p foo', "`foo' unsupported protocol"],
    ['-L -f ipv7', "`ipv7' unsupported protocol"],
    ['-L --sport 7000', "unknown option `--sport'"],
    ['-L -p udp --state ESTABLISHED', "unknown option `--state'"],
    ['-L -p tcp --state FOO', "unknown TCP state `FOO'"],
    ['-L -u BOGUS', "Bad parameter `BOGUS'"],
    ['-L -o bogus', "Bad parameter `bogus'"],
    ['-L -D', 'Invalid commands combination'],
    ['-L foo', "unknown type `foo'"],
    ['-G', "You need to supply the `--protonum' option for this command"],
    ['-G -p udp', "you have to specify `--src' and `--dst'"],
    ['-G -p udp -s 1.1.1.1 -d 2.2.2.2', "you have to specify `--sport' and `--dport'"],
    ['-C -p tcp', "Illegal option `--protonum' with this command"],
    ['-E -z', "Illegal option `--zero' with this command"],
    ['-L -s', "option `-s' requires an argument"],
    ['-L -s 300.1.1.1', "Invalid IP address `300.1.1.1'"],
    ['-L -s 10.0.0.0/33', 'Invalid netmask'],
    ['-L -r 10.0.0.0/8', "CIDR notation unavailable for `--reply-src'"],
    ['-L -s 1.1.1.1 -d ::1', 'mismatched address family'],
    ['-L -n 1.1.1.1 -j', "cannot specify `--src-nat' or `--dst-nat' with `--any-nat'"],
    ['-U expect', "Can't do --update on expectations"],
  ])('%s', (line, text) => expect(wrong(line)).toBe(text));

  test('a prefix becomes a mask, a port belongs to its protocol', () => {
    const parsed = parseCommand('-L -s 10.0.0.0/8 -p udp --dport 53'.split(' '));
    expect(parsed).toMatchObject({
      name: 'list',
      proto: 17,
      family: 4,
      orig: { src: 0x0a00_0000, dstPort: 53 },
      masks: { src: 0xff00_0000 },
    });
  });

  test('UNREPLIED asks for a bit that is not set', () => {
    expect(parseCommand(['-L', '-u', 'UNREPLIED'])).toMatchObject({
      status: { value: 0, mask: 2 },
    });
  });

  const word = fc.oneof(
    fc.constantFrom('-L', '-E', '-p', 'tcp', '--sport', '-n', '-s', '-m', '-o', '-w', '--state'),
    fc.constantFrom('1.2.3.4:5', '[::1]:', '10.0.0.0/99', '0x1/0x', ',', '!', '--', '-', '--s'),
    fc.string(),
  );

  test('any command line gives a command or a failure', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (args) => {
        const parsed = parseCommand(args);
        if (isFailure(parsed))
          return parsed.text !== '' && (parsed.code === 1 || parsed.code === 2);
        return parsed.options.size >= 0;
      }),
      { numRuns: 300 },
    );
  });

  test('any text is an address or is not', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseAddress(text);
        const split = splitAddressAndPort(text);
        return 'code' in split || split.port === undefined || split.port <= 65_535;
      }),
      { numRuns: 200 },
    );
  });
});
