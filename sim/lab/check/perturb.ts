import type { World } from '../../linux/world';
import type { Perturbation } from '../check-schema';
import { advance, type Driven } from '../drive';
import { placeOf, runProgram } from '../place';
import type { Words } from '../words';

/** Does to a fork of the world what `after` says; words when it could not be done (the lab's fault). */
export function* perturb(world: World, what: Perturbation): Driven<Words | undefined> {
  if ('wait' in what) {
    yield* advance(world, world.nowUs + what.wait * 1_000_000);
    return undefined;
  }
  const { on, argv } = commandOf(what);
  const place = placeOf(world, on);
  if (!place.ok) return place.error;
  const ran = yield* runProgram(world, place.value, argv);
  if (ran.code === 0) return undefined;
  const text = `${argv.join(' ')}: ${ran.stderr.trim()}`;
  return { en: text, ko: text };
}

function commandOf(what: Exclude<Perturbation, { wait: number }>): {
  readonly on: string;
  readonly argv: readonly string[];
} {
  if ('run' in what) return { on: what.run.on, argv: ['bash', '-c', what.run.command] };
  if ('linkDown' in what) {
    return { on: what.linkDown.on, argv: ['ip', 'link', 'set', what.linkDown.dev, 'down'] };
  }
  if ('linkUp' in what) {
    return { on: what.linkUp.on, argv: ['ip', 'link', 'set', what.linkUp.dev, 'up'] };
  }
  if ('flushNeighbours' in what) {
    return { on: what.flushNeighbours, argv: ['ip', 'neigh', 'flush', 'all'] };
  }
  if ('flushFdb' in what) {
    const flush = ['bridge', 'fdb', 'flush', 'dev', what.flushFdb.bridge];
    return { on: what.flushFdb.on, argv: flush };
  }
  const { on, dev, mtu } = what.setMtu;
  return { on, argv: ['ip', 'link', 'set', dev, 'mtu', String(mtu)] };
}
