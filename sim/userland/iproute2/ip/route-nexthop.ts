import type { NexthopRequest } from '../../../linux/rtnetlink/route';
import type { Args } from '../args';
import { exit, type Step } from '../command';
import { getAddress } from '../inet-prefix';
import { parseUnsigned } from '../number';
import { readFamily } from './family';
import type { RouteParse } from './route-parse';

/** parse_nexthops(), ip/iproute.c. */
export function* parseNexthops(args: Args, state: RouteParse): Step<readonly NexthopRequest[]> {
  const nexthops: NexthopRequest[] = [];
  while (args.left > 0) {
    const word = args.take();
    if (word !== 'nexthop') {
      yield* args.fail(`Error: "nexthop" or end of line is expected instead of "${word}"\n`);
    }
    if (args.left === 0) {
      yield* args.fail('Error: unexpected end of line after "nexthop"\n');
    }
    nexthops.push(yield* parseOne(args, state));
  }
  return nexthops;
}

/** parse_one_nh(). */
function* parseOne(args: Args, state: RouteParse): Step<NexthopRequest> {
  const nexthop: { -readonly [K in keyof NexthopRequest]: NexthopRequest[K] } = {};
  for (;;) {
    switch (args.current) {
      case 'via': {
        args.take();
        let value = yield* args.value();
        const family = readFamily(value);
        if (family !== undefined) value = yield* args.value();
        const found = yield* getAddress(args, value, family ?? state.family);
        if (state.family === 0) state.family = found.family;
        nexthop.via = found.address;
        break;
      }
      case 'dev': {
        args.take();
        const name = yield* args.value();
        const dev = state.ctx.device(name);
        if (!dev) {
          state.ctx.noDevice(name);
          args.stdio.error('Error: cannot parse nexthop\n');
          return yield* exit(-1);
        }
        nexthop.oif = dev.ifindex;
        break;
      }
      case 'weight': {
        args.take();
        const value = yield* args.value();
        const weight = parseUnsigned(value, 256);
        if (!weight) yield* args.invalid('"weight" is invalid\n', value);
        nexthop.weight = weight;
        break;
      }
      case 'onlink':
        args.take();
        nexthop.onlink = true;
        break;
      case 'realms':
      case 'encap':
      case 'as':
        return yield* args.notSimulated('ip route', `nexthop ${args.current}`);
      default:
        return nexthop;
    }
  }
}
