import {
  constant,
  type Expression,
  isRelation,
  load,
  negate,
  operate,
  packetLength,
  relate,
} from './arithmetic';
import { MAX_DEPTH, type TokenCursor } from './cursor';
import type { Matcher } from './primitive';
import type { FilterError, Keyword } from './token';

/** `pname` of grammar.y. */
export const PROTOCOLS: readonly Keyword[] = [
  'link',
  'ip',
  'arp',
  'rarp',
  'sctp',
  'tcp',
  'udp',
  'icmp',
  'igmp',
  'pim',
  'vrrp',
  'ip6',
  'icmp6',
  'ah',
  'esp',
  'stp',
];
/** Binding strength of arithmetic operators, the %left lines of grammar.y. */
export const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['|', 1],
  ['^', 1],
  ['&', 2],
  ['<<', 3],
  ['>>', 3],
  ['+', 4],
  ['-', 4],
  ['*', 5],
  ['/', 5],
  ['%', 5],
]);
/**
 * In brackets a relation's side and a test look alike: what stands behind the matching bracket
 * decides.
 */
export function startsArithmetic(cursor: TokenCursor): boolean {
  if (cursor.isOp('-') || cursor.keyword() === 'len') return true;
  if (cursor.peek()?.kind === 'number') return true;
  const protocol = cursor.keyword();
  if (protocol && PROTOCOLS.includes(protocol) && cursor.isOp('[', 1)) return true;
  if (!cursor.isOp('(')) return false;
  let depth = 0;
  for (let ahead = 0; cursor.peek(ahead); ahead++) {
    if (cursor.isOp('(', ahead)) depth += 1;
    else if (cursor.isOp(')', ahead)) depth -= 1;
    if (depth > 0) continue;
    const after = cursor.peek(ahead + 1);
    return after?.kind === 'op' && (isRelation(after.text) || PRECEDENCE.has(after.text));
  }
  return false;
}

/** `arth relop arth`. */
export function parseRelation(cursor: TokenCursor): Matcher | undefined {
  const left = arithmetic(cursor, 0);
  if (!left) return undefined;
  const op = cursor.peek();
  if (op?.kind !== 'op' || !isRelation(op.text)) return cursor.syntax();
  cursor.at += 1;
  const right = arithmetic(cursor, 0);
  return right && relate(op.text, left, right);
}

/** Operators that bind stronger than `weakest`. */
function arithmetic(cursor: TokenCursor, weakest: number): Expression | undefined {
  if (++cursor.depth > MAX_DEPTH) return cursor.syntax();
  let left = operand(cursor);
  for (;;) {
    const token = cursor.peek();
    const strength = token?.kind === 'op' ? PRECEDENCE.get(token.text) : undefined;
    if (!left || token?.kind !== 'op' || strength === undefined || strength <= weakest) break;
    cursor.at += 1;
    const right = arithmetic(cursor, strength);
    const result: Expression | FilterError | undefined = right && operate(token.text, left, right);
    left = result && 'message' in result ? cursor.fail(result) : result;
  }
  cursor.depth -= 1;
  return left;
}

function operand(cursor: TokenCursor): Expression | undefined {
  if (cursor.takeOp('-')) {
    const value = arithmetic(cursor, 5);
    return value && negate(value);
  }
  if (cursor.takeOp('(')) {
    const value = arithmetic(cursor, 0);
    if (!value) return undefined;
    return cursor.takeOp(')') ? value : cursor.syntax();
  }
  if (cursor.keyword() === 'len') {
    cursor.at += 1;
    return packetLength;
  }
  const protocol = cursor.keyword();
  if (protocol && PROTOCOLS.includes(protocol) && cursor.isOp('[', 1))
    return index(cursor, protocol);
  const number = cursor.takeNumber();
  return number === undefined ? undefined : constant(number);
}

/** `proto [ at : size ]`. */
function index(cursor: TokenCursor, protocol: Keyword): Expression | undefined {
  cursor.at += 2;
  const at = arithmetic(cursor, 0);
  if (!at) return undefined;
  const size = cursor.takeOp(':') ? cursor.takeNumber() : 1;
  if (size === undefined) return undefined;
  if (!cursor.takeOp(']')) return cursor.syntax();
  const loaded = load({ protocol, at, size, shift: cursor.shift });
  return 'message' in loaded ? cursor.fail(loaded) : loaded;
}
