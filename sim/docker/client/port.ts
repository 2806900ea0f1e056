import { objectError } from './client';
import type { Command } from './command';

/** `docker port`: where the ports of a container are published. */
export const portCommand: Command = {
  usage: 'port CONTAINER [PRIVATE_PORT[/PROTO]]',
  short: 'List port mappings or a specific mapping for the container',
  args: { kind: 'between', min: 1, max: 2 },
  flags: [],
  *run(client, flags) {
    const [name = '', wanted] = flags.args;
    const found = yield* client.ask((engine) => engine.container(name));
    if (!found) return 1;
    if (!found.ok) {
      yield* client.error(`${objectError(found.error, 'container', name)}\n`);
      return 1;
    }
    const { ports } = found.value;
    if (wanted !== undefined) {
      const [port = '', proto = 'tcp'] = wanted.split('/');
      const key = `${port}/${proto}`;
      const bindings = ports.get(key);
      if (!bindings) {
        yield* client.error(`Error: No public port '${key}' published for ${name}\n`);
        return 1;
      }
      yield* client.out(bindings.map((one) => `${one.hostIp}:${one.hostPort}\n`).join(''));
      return 0;
    }
    const names = [...ports.keys()].sort();
    const lines = names.flatMap((key) =>
      (ports.get(key) ?? []).map((one) => `${key} -> ${one.hostIp}:${one.hostPort}\n`),
    );
    yield* client.out(lines.join(''));
    return 0;
  },
};
