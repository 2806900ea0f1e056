import { assertNever } from '../../base/assert';
import type { TraceEvent } from '../../linux/trace';
import type { World } from '../../linux/world';
import { parseIp } from '../../wire/ip';
import type { CheckSpec, Seen, TargetSpec, TruthSpec } from '../check-schema';
import { advance, type Driven } from '../drive';
import { explain } from '../explain';
import { type Place, placeOf, runProgram } from '../place';
import { type Words, words } from '../words';
import { pattern } from './pattern';
import { perturb } from './perturb';
import { probe } from './probe';
import { stateHolds } from './state';

/** What a check said. `error`: it could not be carried out, which is the lab's fault. */
export interface Finding {
  readonly verdict: 'pass' | 'fail' | 'error';
  readonly text: Words | null;
  readonly packetId: number | null;
  /** The steps of the probe's packets, when it failed and there were any. */
  readonly events: readonly TraceEvent[];
}

const PASS: Finding = { verdict: 'pass', text: null, packetId: null, events: [] };
const failed = (
  text: Words,
  packetId: number | null = null,
  events: readonly TraceEvent[] = [],
): Finding => ({
  verdict: 'fail',
  text,
  packetId,
  events,
});
const broken = (text: Words): Finding => ({ verdict: 'error', text, packetId: null, events: [] });

/** What the learner said to questions, by check id. */
export type Answers = ReadonlyMap<string, string>;

const RETRY_US = 1_000_000;

/** Carries a check out on a world that may be spoiled by it (a fork). */
export function* evaluate(world: World, check: CheckSpec, answers: Answers): Driven<Finding> {
  for (const what of check.after) {
    const wrong = yield* perturb(world, what);
    // Solutions prove that it can be done, so what is missing here is the learner's.
    if (wrong) return failed(wrong);
  }
  const untilUs = world.nowUs + (check.within ?? 0) * 1_000_000;
  for (;;) {
    const found = yield* once(world, check, answers);
    if (found.verdict !== 'fail' || world.nowUs >= untilUs) return found;
    yield* advance(world, Math.min(untilUs, world.nowUs + RETRY_US));
  }
}

function* once(world: World, check: CheckSpec, answers: Answers): Driven<Finding> {
  switch (check.assert) {
    case 'reach':
      return yield* reach(world, check);
    case 'notReach':
      return yield* notReach(world, check);
    case 'matrix':
      return yield* matrix(world, check);
    case 'path':
      return yield* path(world, check);
    case 'state':
      return state(world, check);
    case 'command':
      return yield* command(world, check);
    case 'answer':
    case 'predict':
      return yield* answer(world, check, answers);
    default:
      return assertNever(check);
  }
}

type Of<K extends CheckSpec['assert']> = Extract<CheckSpec, { assert: K }>;

const targetIp = (to: TargetSpec): ReturnType<typeof parseIp> => parseIp(to.ip);

function* reach(world: World, check: Of<'reach'>): Driven<Finding> {
  const from = placeOf(world, check.from);
  if (!from.ok) return failed(from.error);
  const ip = targetIp(check.to);
  if (ip === undefined) return broken(words(() => `not an IP address: ${check.to.ip}`));
  const found = yield* probe(world, from.value, check.to);
  if (found.reached && !found.unmet) return PASS;
  if (found.unmet) return failed(found.unmet, null, found.events);
  const why = explain(found.events, ip, check.fail);
  return failed(why.text, why.packetId, found.events);
}

function* notReach(world: World, check: Of<'notReach'>): Driven<Finding> {
  const from = placeOf(world, check.from);
  if (!from.ok) return failed(from.error);
  const found = yield* probe(world, from.value, check.to);
  if (!found.reached) return PASS;
  const text = words((l) =>
    l === 'en'
      ? `${check.from} reaches ${check.to.ip}, and should not.`
      : `${check.from}에서 ${check.to.ip}에 닿아요. 닿지 않아야 해요.`,
  );
  return failed(text, found.events.at(-1)?.packetId ?? null, found.events);
}

function* matrix(world: World, check: Of<'matrix'>): Driven<Finding> {
  for (const [row, from] of check.among.entries()) {
    for (const [column, to] of check.among.entries()) {
      const want = check.expect[row]?.[column] ?? '-';
      if (want === '-') continue;
      const place = placeOf(world, from.at);
      if (!place.ok) return failed(place.error);
      const target = { ip: to.ip, icmp: true };
      const found = yield* probe(world, place.value, target);
      if (found.reached === (want === '.')) continue;
      const ip = targetIp(target);
      const why =
        ip === undefined || found.reached ? undefined : explain(found.events, ip, check.fail);
      const text = words((l) =>
        l === 'en'
          ? `${from.name} ${found.reached ? 'reaches' : 'does not reach'} ${to.name}. ${why?.text.en ?? ''}`.trim()
          : `${from.name}에서 ${to.name}에 ${found.reached ? '닿아요' : '닿지 않아요'}. ${why?.text.ko ?? ''}`.trim(),
      );
      return failed(text, why?.packetId ?? null, found.events);
    }
  }
  return PASS;
}

const sees = (event: TraceEvent, seen: Seen): boolean =>
  (seen.host === undefined || event.host === seen.host) &&
  (seen.netns === undefined || event.netns === seen.netns) &&
  (seen.dev === undefined || event.dev === seen.dev) &&
  (seen.stage === undefined || event.stage === seen.stage);

const seenText = (seen: Seen): string =>
  [seen.host, seen.netns, seen.dev, seen.stage].filter((part) => part !== undefined).join(' ');

function* path(world: World, check: Of<'path'>): Driven<Finding> {
  const from = placeOf(world, check.from);
  if (!from.ok) return failed(from.error);
  const ip = targetIp(check.to);
  if (ip === undefined) return broken(words(() => `not an IP address: ${check.to.ip}`));
  const found = yield* probe(world, from.value, check.to);
  if (!found.reached) {
    const why = explain(found.events, ip, check.fail);
    return failed(why.text, why.packetId, found.events);
  }
  const missed = check.passes.find((seen) => !found.events.some((event) => sees(event, seen)));
  const crossed = check.avoids.find((seen) => found.events.some((event) => sees(event, seen)));
  if (!missed && !crossed) return PASS;
  const text = missed
    ? words((l) =>
        l === 'en'
          ? `The packet did not pass ${seenText(missed)}.`
          : `패킷이 ${seenText(missed)}을(를) 지나지 않았어요.`,
      )
    : words((l) =>
        l === 'en'
          ? `The packet passed ${seenText(crossed ?? {})}.`
          : `패킷이 ${seenText(crossed ?? {})}을(를) 지나갔어요.`,
      );
  return failed(text, found.events.at(-1)?.packetId ?? null, found.events);
}

function state(world: World, check: Of<'state'>): Finding {
  const place = placeOf(world, check.on);
  if (!place.ok) return failed(place.error);
  if (stateHolds(place.value, check.is) !== check.absent) return PASS;
  const [what, details] = Object.entries(check.is)[0] ?? ['state', ''];
  const shown = typeof details === 'string' ? details : describe(details);
  return failed(
    words((l) =>
      l === 'en'
        ? `On ${check.on} there is ${check.absent ? 'still' : 'no'} ${what} with ${shown}.`
        : `${check.on}에 ${what} ${shown}이(가) ${check.absent ? '아직 있어요' : '없어요'}.`,
    ),
  );
}

const describe = (details: object): string =>
  Object.entries(details)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

function* command(world: World, check: Of<'command'>): Driven<Finding> {
  const place = placeOf(world, check.on);
  if (!place.ok) return failed(place.error);
  const ran = yield* runShell(world, place.value, check.run, check.stdin);
  const said = (stream: string): string => stream.trim().split('\n').slice(0, 3).join(' / ');
  const wrong = commandWrong(check, ran);
  if (!wrong) return PASS;
  const seen = said(ran.stderr || ran.stdout);
  const [line = '', ...more] = check.run.trim().split('\n');
  const shown = more.length > 0 ? `${line} …` : line;
  return failed(
    words((l) =>
      l === 'en'
        ? `"${shown}" on ${check.on} gave ${wrong === 'code' ? `status ${ran.code ?? 'none (still running)'}` : 'other output'}: ${seen}`
        : `${check.on}의 "${shown}" 결과가 달라요${wrong === 'code' ? ` (상태 ${ran.code ?? '없음'})` : ''}: ${seen}`,
    ),
  );
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
}

function commandWrong(check: Of<'command'>, ran: Output): 'code' | 'output' | undefined {
  if (
    ran.code !==
    (check.code ?? (check.stdout === undefined && check.json === undefined ? 0 : ran.code))
  )
    return 'code';
  if (ran.code === undefined) return 'code';
  if (check.stdout !== undefined && !pattern(check.stdout).test(ran.stdout)) return 'output';
  if (check.stderr !== undefined && !pattern(check.stderr).test(ran.stderr)) return 'output';
  if (check.json !== undefined && !jsonHolds(check.json, ran.stdout)) return 'output';
  return undefined;
}

const runShell = (world: World, place: Place, run: string, stdin?: string): Driven<Output> =>
  runProgram(world, place, ['bash', '-c', run], { stdin });

/** Everything in `want` is in the JSON text; objects may hold more. */
function jsonHolds(want: unknown, text: string): boolean {
  try {
    return holds(want, JSON.parse(text));
  } catch {
    return false;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function holds(want: unknown, found: unknown): boolean {
  if (Array.isArray(want)) {
    return (
      Array.isArray(found) &&
      want.length === found.length &&
      want.every((one, i) => holds(one, found[i]))
    );
  }
  if (isObject(want)) {
    return (
      isObject(found) && Object.entries(want).every(([key, value]) => holds(value, found[key]))
    );
  }
  return want === found;
}

function* answer(
  world: World,
  check: Of<'answer'> | Of<'predict'>,
  answers: Answers,
): Driven<Finding> {
  const said = answers.get(check.id)?.trim();
  if (said === undefined || said === '') {
    return failed(words((l) => (l === 'en' ? 'Not answered yet.' : '아직 답하지 않았어요.')));
  }
  const truth = yield* truthOf(world, check.truth);
  if (truth === undefined) {
    return failed(
      words((l) =>
        l === 'en'
          ? 'The network is not in a state yet that gives the answer.'
          : '네트워크가 아직 답을 알 수 있는 상태가 아니에요.',
      ),
    );
  }
  if (said.toLowerCase() === truth.toLowerCase()) return PASS;
  return failed(
    words((l) => (l === 'en' ? `"${said}" is not it.` : `"${said}"은(는) 답이 아니에요.`)),
  );
}

/** The right answer, as the world gives it. */
export function* truthOf(world: World, truth: TruthSpec): Driven<string | undefined> {
  if ('value' in truth) return String(truth.value);
  const place = placeOf(world, truth.command.on);
  if (!place.ok) return undefined;
  const ran = yield* runShell(world, place.value, truth.command.run);
  return ran.code === 0 ? ran.stdout.trim() : undefined;
}
