import { dockerPrograms } from '../../docker/programs';
import { machinePrograms } from '../../lab/programs';
import { programs as absentPrograms } from '../../userland/absent/programs';
import { PACKAGE_VERSIONS } from '../../userland/versions';
import type { DocumentedTool } from './documented';
import type { Probed, Status } from './probe';

/** Name and what became of it. */
type Names = Readonly<Record<string, Status>>;

export interface ToolFidelity {
  readonly package: string;
  readonly version: string;
  readonly status: Status;
  readonly kinds: Readonly<Record<string, Names>>;
}

/** What `docs/fidelity.json` holds, by tool. */
export type FidelityList = Readonly<Record<string, ToolFidelity>>;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What is at each path of a machine: the later entry counts. */
const INSTALLED = new Map([...machinePrograms, ...dockerPrograms]);

/** Every command of a simulated machine, from the tables that the engine itself installs. */
export const installedCommands = (): readonly string[] =>
  [...new Set([...INSTALLED.keys()].map(nameOf))].sort();

/** Commands that are installed to say that they are not simulated. */
const sayingCommands = (): ReadonlySet<string> =>
  new Set(
    absentPrograms
      .filter(([path, program]) => INSTALLED.get(path) === program)
      .map(([path]) => nameOf(path)),
  );

const sorted = <T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

function kindsOf(probed: readonly Probed[]): Readonly<Record<string, Names>> {
  const kinds = new Map<string, Map<string, Status>>();
  for (const { kind, name, status } of probed) {
    const names = kinds.get(kind) ?? new Map<string, Status>();
    names.set(name, status);
    kinds.set(kind, names);
  }
  return sorted([...kinds].map(([kind, names]) => [kind, sorted(names)] as const));
}

/** The list of what is documented and what became of it, sorted, so that the same code gives the same text. */
export function fidelityList(
  documented: readonly DocumentedTool[],
  probed: ReadonlyMap<string, readonly Probed[]>,
): FidelityList {
  const list = new Map<string, ToolFidelity>();
  const saying = sayingCommands();
  for (const name of installedCommands()) {
    const status = saying.has(name) ? 'says so' : 'simulated';
    list.set(name, { package: '', version: '', status, kinds: {} });
  }
  for (const tool of documented) {
    list.set(tool.tool, {
      package: tool.package,
      version: PACKAGE_VERSIONS[tool.package] ?? '',
      status: list.get(tool.tool)?.status ?? 'simulated',
      kinds: kindsOf(probed.get(tool.tool) ?? []),
    });
  }
  return sorted(list);
}
