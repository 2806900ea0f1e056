import type { Blocking } from '../../linux/wait-queue';
import type { Engine } from '../daemon/engine';
import { inspectContainer } from '../daemon/inspect-container';
import { inspectImage } from '../daemon/inspect-image';
import { inspectNetwork } from '../daemon/inspect-network';
import { Template } from '../template/execute';
import { toIndentedJson } from '../template/print';
import { type GoStruct, toRaw } from '../template/value';
import type { Client } from './client';
import { atLeast, type Command } from './command';
import { bool, type Flags, text } from './flags';

type Finder = (engine: Engine, ref: string, size: boolean) => GoStruct | undefined;

const findContainer: Finder = (engine, ref, size) => {
  const found = engine.container(ref);
  return found.ok ? inspectContainer(engine, found.value, size) : undefined;
};
const findNetwork: Finder = (engine, ref) => {
  const found = engine.network(ref);
  return found.ok ? inspectNetwork(engine, found.value) : undefined;
};
const findImage: Finder = (engine, ref) => {
  const found = engine.image(ref);
  return found && inspectImage(found);
};

const FINDERS: ReadonlyMap<string, Finder> = new Map([
  ['container', findContainer],
  ['network', findNetwork],
  ['image', findImage],
]);

/** inspect.Inspect() of the client: all as JSON, or each through a template. */
function* inspectAll(client: Client, flags: Flags, kind: string): Blocking<number> {
  const format = flags.value('format');
  const template = format === '' ? undefined : Template.parse(normalFormat(format));
  if (template && !template.ok) {
    yield* client.error(`template parsing error: ${template.error}\n`);
    return 64;
  }
  const errors: string[] = [];
  const values: GoStruct[] = [];
  let text = '';
  for (const ref of flags.args) {
    const found = yield* client.ask((engine) => ({
      value: find(engine, ref, kind, flags.on('size')),
    }));
    if (!found) return 1;
    if (!found.value) {
      errors.push(`Error: No such ${kind === '' ? 'object' : kind}: ${ref}`);
      continue;
    }
    values.push(found.value);
    if (!template) continue;
    const printed = printOne(template.value, found.value);
    if (printed.error !== undefined) {
      yield* client.out(`${text}\n`);
      yield* client.error(`template parsing error: ${printed.error}\n`);
      return 1;
    }
    text += `${printed.text}\n`;
  }
  yield* client.out(template ? (values.length > 0 ? text : '\n') : `${toIndentedJson(values)}\n`);
  yield* client.error(errors.map((line) => `${line}\n`).join(''));
  return errors.length > 0 ? 1 : 0;
}

const normalFormat = (format: string): string => (format === 'json' ? '{{json .}}' : format);

function find(engine: Engine, ref: string, kind: string, size: boolean): GoStruct | undefined {
  if (kind !== '') return FINDERS.get(kind)?.(engine, ref, size);
  for (const finder of FINDERS.values()) {
    const found = finder(engine, ref, size);
    if (found) return found;
  }
  return undefined;
}

/** The typed value first; what it has not, the plain JSON may have (tryRawInspectFallback). */
function printOne(template: Template, value: GoStruct): ReturnType<Template['execute']> {
  const typed = template.execute(value);
  if (typed.error === undefined) return typed;
  return template.execute(toRaw(value), { missingKeyIsError: true });
}

export const inspectCommand: Command = {
  usage: 'inspect [OPTIONS] NAME|ID [NAME|ID...]',
  short: 'Return low-level information on Docker objects',
  args: atLeast(1),
  flags: [text('format', 'f'), bool('size', 's'), text('type')],
  *run(client, flags) {
    const kind = flags.value('type');
    if (kind !== '' && !FINDERS.has(kind)) {
      yield* client.error(`"${kind}" is not a valid value for --type\n`);
      return 1;
    }
    return yield* inspectAll(client, flags, kind);
  },
};

const inspectKind = (kind: string, usage: string, short: string): Command => ({
  usage: `${kind} inspect [OPTIONS] ${usage} [${usage}...]`,
  short,
  args: atLeast(1),
  flags: [text('format', 'f'), bool('size', 's'), bool('verbose', 'v')],
  run: (client, flags) => inspectAll(client, flags, kind),
});

export const networkInspectCommand = inspectKind(
  'network',
  'NETWORK',
  'Display detailed information on one or more networks',
);
export const containerInspectCommand = inspectKind(
  'container',
  'CONTAINER',
  'Display detailed information on one or more containers',
);
export const imageInspectCommand = inspectKind(
  'image',
  'IMAGE',
  'Display detailed information on one or more images',
);
