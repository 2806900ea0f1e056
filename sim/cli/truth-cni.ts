import { z } from 'zod';
import { utf8Decode } from '../base/bytes';
import { mkdirAll } from '../cni/pkg/mkdir-all';
import { type Ran, runProgram } from '../lab/place';
import { readdir, readFileAt } from '../linux/files';
import { drive } from './drive';
import { recordingHost } from './recorder';

/** Where Kubernetes' packages put the plugins that these fixtures were recorded with. */
const PLUGINS = '/opt/cni/bin';
const DATA_DIR = '/var/lib/cni/networks';
const PODS = ['p1', 'p2'];

const stepSchema = z.object({
  plugin: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  stdin: z.unknown().optional(),
  shell: z.string().optional(),
});
const caseSchema = z.object({ steps: z.array(stepSchema) });
type StepOf = z.infer<typeof stepSchema>;
type Machine = ReturnType<typeof recordingHost>;
type Answer = Record<string, unknown>;

const inHost = (machine: Machine, argv: readonly string[], stdin = ''): Promise<Ran> => {
  const place = { host: machine.host, netns: machine.host.netns };
  return drive(runProgram(machine.world, place, argv, { stdin }));
};

async function output(machine: Machine, command: string): Promise<string> {
  return (await inHost(machine, ['bash', '-c', command])).stdout;
}

/** One call of a plugin, as its runtime makes it. */
async function callPlugin(machine: Machine, step: StepOf): Promise<Answer> {
  const env = Object.entries({ CNI_PATH: PLUGINS, ...step.env });
  const argv = ['env', ...env.map((pair) => pair.join('=')), `${PLUGINS}/${step.plugin}`];
  const stdin = typeof step.stdin === 'string' ? step.stdin : JSON.stringify(step.stdin ?? '');
  const ran = await inHost(machine, argv, stdin);
  return {
    exitCode: ran.code,
    stdout: ran.stdout.trim() === '' ? null : JSON.parse(ran.stdout),
    stderr: ran.stderr.trim(),
  };
}

/** `06-cni/host-local`: the plugin's own answers, and the files of the network after each. */
export async function hostLocalCase(question: unknown): Promise<Answer> {
  const machine = recordingHost('host-local');
  const steps: Answer[] = [];
  for (const step of caseSchema.parse(question).steps) {
    const said = await callPlugin(machine, step);
    steps.push({ ...said, filesAfter: filesOf(machine, step.stdin) });
  }
  return { steps };
}

function filesOf({ host }: Machine, stdin: unknown): Record<string, string> {
  const named = z.object({ name: z.string() }).safeParse(stdin);
  const dir = `${DATA_DIR}/${named.success ? named.data.name : ''}`;
  const names = named.success ? readdir(host.init, dir) : [];
  if (typeof names === 'string') return {};
  return Object.fromEntries(
    [...names].sort().map((name) => {
      const bytes = readFileAt(host.init, `${dir}/${name}`);
      return [name, typeof bytes === 'string' ? '' : utf8Decode(bytes).replaceAll('\r\n', '\n')];
    }),
  );
}

/** One machine for all cases, as the recorder had: interface numbers and sysctls go on. */
let shared: Promise<Machine> | undefined;

async function newMachine(): Promise<Machine> {
  const machine = recordingHost('bridge-ptp-portmap');
  mkdirAll(machine.host.init, '/run/netns', 0o755);
  await output(machine, 'ip link set lo up');
  return machine;
}

/** `06-cni/bridge-ptp-portmap-real`: what host and pods look like after each call. */
export async function bridgeCase(question: unknown): Promise<Answer> {
  shared ??= newMachine();
  const machine = await shared;
  await output(machine, PODS.map((pod) => `ip netns add ${pod}`).join('; '));
  const steps: Answer[] = [];
  for (const step of caseSchema.parse(question).steps) {
    if (step.shell !== undefined) {
      steps.push({ output: await output(machine, step.shell) });
      continue;
    }
    const said = await callPlugin(machine, step);
    steps.push({ ...said, observed: await observe(machine) });
  }
  await cleanUp(machine);
  return { steps };
}

async function cleanUp(machine: Machine): Promise<void> {
  const pods = PODS.map((pod) => `ip netns del ${pod}`);
  const rest = ['ip link del cni0', 'iptables -t nat -F', 'iptables -t nat -X'];
  await output(machine, [...pods, ...rest, `rm -rf ${DATA_DIR}`].join('; '));
}

async function observe(machine: Machine): Promise<Answer> {
  const see = (command: string): Promise<string> => output(machine, command);
  const host = {
    'ip -br addr': await see('ip -br addr'),
    'ip route': await see('ip route'),
    'bridge link': await see('bridge link'),
    'iptables nat': await see('iptables -t nat -S'),
    'ip -j link': JSON.parse(await see('ip -j link')),
    'sysctl ip_forward': (await see('sysctl -n net.ipv4.ip_forward')).trim(),
  };
  const pod: Record<string, Answer> = {};
  for (const name of PODS) {
    const within = (what: string): Promise<string> => see(`ip netns exec ${name} ip ${what}`);
    pod[name] = {
      'ip addr': await within('addr'),
      'ip route': await within('route'),
      'ip neigh': await within('neigh'),
    };
  }
  return { host, pod };
}
