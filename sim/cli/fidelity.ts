import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedTools } from './fidelity/documented';
import { measureParity } from './fidelity/parity';
import { type Probed, probeTool, type Status } from './fidelity/probe';
import { fidelityList } from './fidelity/report';

const projectRoot = (): string => process.env.HOPWISE_ROOT ?? process.cwd();

/** Where the list of what is simulated lies. */
const fidelityFile = (root: string): string => join(root, 'docs/fidelity.json');

/** The list as the file's text. */
async function fidelityText(root: string): Promise<string> {
  const documented = documentedTools(root);
  const probed = new Map<string, readonly Probed[]>();
  for (const tool of documented) probed.set(tool.tool, await probeTool(tool));
  return `${JSON.stringify(fidelityList(documented, probed), null, 2)}\n`;
}

const isShown = (status: Status): boolean => status !== 'simulated';

/** `sim fidelity NAME...`: what these tools did with each documented name that is not simulated. */
async function show(root: string, names: readonly string[]): Promise<number> {
  for (const tool of documentedTools(root).filter((one) => names.includes(one.tool))) {
    for (const { kind, name, status, ran } of await probeTool(tool)) {
      if (!isShown(status)) continue;
      const said = `${ran.stderr}${ran.stdout}`.split('\n')[0] ?? '';
      process.stdout.write(`${status}\t${tool.tool}\t${kind}\t${name}\t${ran.cmd}\t${said}\n`);
    }
  }
  return 0;
}

/** `sim fidelity --parity`: compares all recordings and writes `docs/parity.json`. */
async function writeParity(root: string): Promise<number> {
  const parity = await measureParity(root);
  writeFileSync(join(root, 'docs/parity.json'), `${JSON.stringify(parity, null, 2)}\n`);
  return 0;
}

/** `sim fidelity [--check | --parity | TOOL...]`: `docs/fidelity.json`, and whether it is as the code is. */
export async function fidelity(args: readonly string[]): Promise<number> {
  const root = projectRoot();
  if (args[0] === '--parity') return await writeParity(root);
  const check = args[0] === '--check';
  if (args.length > 0 && !check) return await show(root, args);
  const text = await fidelityText(root);
  if (!check) {
    writeFileSync(fidelityFile(root), text);
    return 0;
  }
  if (readFileSync(fidelityFile(root), 'utf8') === text) return 0;
  process.stderr.write(
    'docs/fidelity.json is older than the code: run npm run -s sim -- fidelity\n',
  );
  return 1;
}
