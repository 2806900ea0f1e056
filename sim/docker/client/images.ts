import { shortId } from '../daemon/identifier';
import type { Image } from '../daemon/image';
import { goTime, humanDuration } from '../daemon/time';
import { daemonError } from './client';
import { atLeast, atMost, type Command, exactly } from './command';
import { bool, list, text } from './flags';
import { type Column, formatTable } from './table';

interface Row {
  readonly image: Image;
  readonly tag: string;
  readonly nowUs: number;
  readonly trunc: boolean;
}

const repository = (tag: string): string => tag.slice(0, tag.lastIndexOf(':'));
const version = (tag: string): string => tag.slice(tag.lastIndexOf(':') + 1);

const COLUMNS: readonly Column<Row>[] = [
  { name: 'Containers', header: 'CONTAINERS', cell: () => 'N/A' },
  { name: 'CreatedAt', header: 'CREATED AT', cell: ({ image }) => goTime(image.createdUs) },
  {
    name: 'CreatedSince',
    header: 'CREATED',
    cell: ({ image, nowUs }) => `${humanDuration(nowUs - image.createdUs)} ago`,
  },
  { name: 'Digest', header: 'DIGEST', cell: () => '<none>' },
  {
    name: 'ID',
    header: 'IMAGE ID',
    cell: ({ image, trunc }) => (trunc ? shortId(image.id) : `sha256:${image.id}`),
  },
  { name: 'Repository', header: 'REPOSITORY', cell: ({ tag }) => repository(tag) },
  { name: 'SharedSize', header: 'SHARED SIZE', cell: () => 'N/A' },
  { name: 'Size', header: 'SIZE', cell: () => '107MB' },
  { name: 'Tag', header: 'TAG', cell: ({ tag }) => version(tag) },
  { name: 'UniqueSize', header: 'UNIQUE SIZE', cell: () => 'N/A' },
  { name: 'VirtualSize', header: 'VIRTUAL SIZE', cell: () => '106.8MB' },
];

const FORMAT = 'table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}';

export const imagesCommand: Command = {
  usage: 'images [OPTIONS] [REPOSITORY[:TAG]]',
  short: 'List images',
  args: atMost(1),
  flags: [
    bool('all', 'a'),
    bool('digests'),
    list('filter', 'f'),
    text('format'),
    bool('no-trunc'),
    bool('quiet', 'q'),
  ],
  *run(client, flags) {
    if (flags.has('filter')) {
      yield* client.error('hopwise: docker: images --filter is not simulated\n');
      return 2;
    }
    const [wanted] = flags.args;
    const found = yield* client.ask((engine) => ({
      images: [...engine.images],
      nowUs: engine.nowUs,
    }));
    if (!found) return 1;
    const trunc = !flags.on('no-trunc');
    const rows = found.images.flatMap((image) =>
      image.tags
        .filter((tag) => wanted === undefined || tag === wanted || repository(tag) === wanted)
        .map((tag) => ({ image, tag, nowUs: found.nowUs, trunc })),
    );
    const given = flags.value('format');
    const format = flags.on('quiet')
      ? '{{.ID}}'
      : given === '' || given === 'table'
        ? FORMAT
        : given;
    const table = formatTable({ columns: COLUMNS, rows, format, type: '*formatter.imageContext' });
    yield* table.ok ? client.out(table.value) : client.error(`${table.error}\n`);
    return table.ok ? 0 : 1;
  },
};

export const tagCommand: Command = {
  usage: 'tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  short: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  args: exactly(2),
  flags: [],
  *run(client, flags) {
    const [source = '', target = ''] = flags.args;
    const image = yield* client.ask((engine) => ({
      found: engine.image(source),
      all: engine.images,
    }));
    if (!image) return 1;
    if (!image.found) {
      const full = /:[^/]*$/.test(source) ? source : `${source}:latest`;
      yield* client.error(`${daemonError({ status: 404, message: `No such image: ${full}` })}\n`);
      return 1;
    }
    const tag = /:[^/]*$/.test(target) ? target : `${target}:latest`;
    for (const one of image.all) {
      const at = one.tags.indexOf(tag);
      if (at >= 0) one.tags.splice(at, 1);
    }
    image.found.tags.push(tag);
    return 0;
  },
};

export const rmiCommand: Command = {
  usage: 'rmi [OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  args: atLeast(1),
  flags: [bool('force', 'f'), bool('no-prune')],
  *run(client, flags) {
    let code = 0;
    for (const name of flags.args) {
      const said = yield* client.ask((engine) => {
        const image = engine.image(name);
        const full = /:[^/]*$/.test(name) ? name : `${name}:latest`;
        if (!image) return { error: `Error: No such image: ${name}` };
        const user = [...engine.containers.values()].find((one) => one.image === image);
        if (user && image.tags.length === 1) {
          const reason = `conflict: unable to remove repository reference "${name}" (must force) - container ${shortId(user.id)} is using its referenced image ${shortId(image.id)}`;
          return { error: daemonError({ status: 409, message: reason }) };
        }
        image.tags.splice(image.tags.indexOf(full), 1);
        if (image.tags.length > 0) return { text: `Untagged: ${full}\n` };
        engine.images.splice(engine.images.indexOf(image), 1);
        return { text: `Untagged: ${full}\nDeleted: sha256:${image.id}\n` };
      });
      if (!said) return 1;
      if (said.text !== undefined) yield* client.out(said.text);
      else {
        yield* client.error(`${said.error}\n`);
        code = 1;
      }
    }
    return code;
  },
};
