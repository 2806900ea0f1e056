import { drive } from '../drive';
import { type Recorded, recordScenario } from '../recorder';
import type { DocumentedGroup, DocumentedTool } from './documented';
import { BIRD_WORLD, DOCKER_WORLD, LINUX_WORLD } from './world';

/**
 * What became of a documented name: it works; it says on stderr that it is not simulated; the tool does not know
 * it; or the file or command is not there.
 */
export type Status = 'simulated' | 'says so' | 'unknown' | 'absent';

export interface Probed {
  readonly kind: string;
  readonly name: string;
  readonly status: Status;
  readonly ran: Recorded;
}

const WORLDS: Readonly<Record<string, string>> = { birdc: BIRD_WORLD, docker: DOCKER_WORLD };

/** Kinds that are files: there or not. */
const FILES = new Set(['/proc/net', '/proc/sys/net', '/sys/class/net']);

/** So many commands share one world; what one leaves behind does not reach all others. */
const PROBES_PER_WORLD = 60;

const SAYS_SO = /is not simulated|are not simulated/;
const UNKNOWN = new RegExp(
  [
    'invalid option',
    '(unrecognized|unknown|illegal|bad|unsupported) option',
    'is unknown, try',
    'option .* is unknown',
    'is ambiguous',
    'is a garbage',
    'Command ".*" is unknown',
    'Object ".*" is unknown',
    'unknown (shorthand )?flag',
    'is not a docker command',
    'Usage: +docker \\S+ COMMAND',
    'Unknown (qdisc|device type|command|primary|argument)',
    'unknown (predicate|command|kind)',
    'syntax error',
    'invalid shell option name',
    'not a shell builtin',
    "Couldn't load (match|target)",
    'is not recognized',
  ].join('|'),
  'i',
);

const statusOf = (tool: string, ran: Recorded): Status => {
  const said = tool === 'birdc' ? ran.stdout : ran.stderr;
  if (SAYS_SO.test(`${ran.stdout}${ran.stderr}`)) return 'says so';
  if (FILES.has(tool)) return ran.code === 0 ? 'simulated' : 'absent';
  if (ran.code === 127 && /not found/.test(said)) return 'absent';
  return UNKNOWN.test(said) ? 'unknown' : 'simulated';
};

interface Probe {
  readonly kind: string;
  readonly name: string;
  readonly command: string;
}

const probesOf = (group: DocumentedGroup): readonly Probe[] =>
  group.names.map(([name, text]) => ({
    kind: group.kind,
    name,
    command: group.probe.replaceAll('{}', () => text),
  }));

/** Tries each documented name on a simulated machine. */
export async function probeTool(tool: DocumentedTool): Promise<readonly Probed[]> {
  const probes = tool.groups.flatMap(probesOf);
  const world = WORLDS[tool.tool] ?? LINUX_WORLD;
  const found: Probed[] = [];
  for (let at = 0; at < probes.length; at += PROBES_PER_WORLD) {
    const part = probes.slice(at, at + PROBES_PER_WORLD);
    const script = `${world}${part.map(({ command }) => `${command}\n\n`).join('')}`;
    const ran = (await drive(recordScenario(script))).slice(-part.length);
    part.forEach(({ kind, name }, i) => {
      const one = ran[i];
      if (one) found.push({ kind, name, status: statusOf(tool.tool, one), ran: one });
    });
  }
  return found;
}
