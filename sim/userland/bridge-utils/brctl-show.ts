import { type Bridge, bridgeId, formatBridgeId } from '../../linux/device/bridge';
import { gcTimerValue } from '../../linux/device/bridge-fdb';
import { type BridgePort, portId } from '../../linux/device/bridge-port';
import type { Proc } from '../../linux/process';
import { dumpFdb } from '../../linux/rtnetlink/fdb';
import { formatMac } from '../../wire/mac';
import type { Answer } from './answer';

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const portsByName = (br: Bridge): readonly BridgePort[] =>
  [...br.ports].sort((a, b) => byName(a.dev.name, b.dev.name));

function bridgeNamed(proc: Proc, name: string): Bridge | undefined {
  const data = proc.netns.deviceByName(name)?.data;
  return data?.kind === 'bridge' ? data.bridge : undefined;
}

/** br_cmd_show(): bridges and their ports, each list sorted by name. */
export function show(proc: Proc, names: readonly string[]): Answer {
  const all = proc.netns
    .devices()
    .flatMap((dev) => (dev.data.kind === 'bridge' ? [dev.name] : []))
    .sort(byName);
  let out = 'bridge name\tbridge id\t\tSTP enabled\tinterfaces\n';
  for (const name of names.length > 0 ? names : all) {
    const br = bridgeNamed(proc, name);
    if (!br) {
      const what = proc.netns.deviceByName(name)
        ? `device ${name} is not a bridge!`
        : `bridge ${name} does not exist!`;
      return { out, error: `${what}\n`, code: 1 };
    }
    const ports = portsByName(br).map((port) => port.dev.name);
    const list = ports.join('\n\t\t\t\t\t\t\t');
    out += `${name}\t\t${bridgeId(br)}\t${br.stpEnabled ? 'yes' : 'no'}\t\t${list}\n`;
  }
  return { out, code: 0 };
}

/** br_show_timer(): seconds with two decimals. */
const timer = (seconds: number): string => {
  const hundredths = Math.floor(seconds * 100);
  const whole = String(Math.floor(hundredths / 100)).padStart(4);
  return `${whole}.${String(hundredths % 100).padStart(2, '0')}`;
};

/** br_cmd_showmacs(): the forwarding database sorted by address. */
export function showMacs(proc: Proc, [name = '']: readonly string[]): Answer {
  const br = bridgeNamed(proc, name);
  if (!br) return { error: 'read of forward table failed: Operation not supported\n', code: 1 };
  const nowUs = proc.host.nowUs;
  const entries = dumpFdb(proc.netns, { bridge: br.dev })
    .filter((e) => !e.self && e.dev.brport && !e.vlan)
    .sort((a, b) => a.mac - b.mac || (a.dev.brport?.portNo ?? 0) - (b.dev.brport?.portNo ?? 0));
  let out = 'port no\tmac addr\t\tis local?\tageing timer\n';
  for (const entry of entries) {
    const local = entry.state === 'permanent';
    const fixed = local || entry.state === 'static';
    const age = fixed ? 0 : (nowUs - entry.updatedUs) / 1_000_000;
    const port = String(entry.dev.brport?.portNo ?? 0).padStart(3);
    out += `${port}\t${formatMac(entry.mac)}\t${local ? 'yes' : 'no'}\t\t${timer(age)}\n`;
  }
  return { out, code: 0 };
}

/** br_dump_info(), libbridge. */
export function showStp(proc: Proc, [name = '']: readonly string[]): Answer {
  const br = bridgeNamed(proc, name);
  if (!br) return { error: `${name}: can't get info No such device\n`, code: 1 };
  const seconds = (hundredths: number): string => timer(hundredths / 100);
  const root = formatBridgeId(br.designatedRoot);
  let out = `${name}\n bridge id\t\t${bridgeId(br)}\n designated root\t${root}\n`;
  const rootPort = String(br.rootPort).padStart(4);
  out += ` root port\t\t${rootPort}\t\t\tpath cost\t\t${String(br.rootPathCost).padStart(4)}\n`;
  out += ` max age\t\t${seconds(br.maxAge)}\t\t\tbridge max age\t\t${seconds(br.maxAge)}\n`;
  const hello = seconds(br.helloTime);
  out += ` hello time\t\t${hello}\t\t\tbridge hello time\t${hello}\n`;
  const delay = seconds(br.forwardDelay);
  out += ` forward delay\t\t${delay}\t\t\tbridge forward delay\t${delay}\n`;
  out += ` ageing time\t\t${seconds(br.ageingTime)}\n`;
  const [helloTimer, tcn] = [seconds(br.helloTimer.value), seconds(br.tcnTimer.value)];
  out += ` hello timer\t\t${helloTimer}\t\t\ttcn timer\t\t${tcn}\n`;
  const change = seconds(br.topologyChangeTimer.value);
  out += ` topology change timer\t${change}\t\t\tgc timer\t\t${seconds(gcTimerValue(br))}\n`;
  const flag = (on: boolean, text: string): string => (on ? `${text} ` : '');
  out += ` flags\t\t\t${flag(br.topologyChange, 'TOPOLOGY_CHANGE')}`;
  out += `${flag(br.topologyChangeDetected, 'TOPOLOGY_CHANGE_DETECTED')}\n\n\n`;
  for (const port of portsByName(br)) out += portInfo(port);
  return { out, code: 0 };
}

const hex4 = (n: number): string => n.toString(16).padStart(4, '0');

/** dump_port_info(). */
function portInfo(port: BridgePort): string {
  const time = (userHz: number): string => timer(userHz / 100);
  const root = formatBridgeId(port.designatedRoot);
  const bridge = formatBridgeId(port.designatedBridge);
  const flags =
    (port.configPending ? 'CONFIG_PENDING ' : '') +
    (port.topologyChangeAck ? 'TOPOLOGY_CHANGE_ACK ' : '');
  return (
    `${port.dev.name} (${port.portNo})\n` +
    ` port id\t\t${hex4(portId(port))}\t\t\tstate\t\t${port.state.padStart(15)}\n` +
    ` designated root\t${root}\tpath cost\t\t${String(port.cost).padStart(4)}\n` +
    ` designated bridge\t${bridge}\tmessage age timer\t${time(port.messageAgeTimer.value)}\n` +
    ` designated port\t${hex4(port.designatedPort)}\t\t\tforward delay timer\t${time(port.forwardDelayTimer.value)}\n` +
    ` designated cost\t${String(port.designatedCost).padStart(4)}\t\t\thold timer\t\t${time(port.holdTimer.value)}\n` +
    ` flags\t\t\t${flags}${port.hairpin ? '\n hairpin mode\t\t   1' : ''}\n\n`
  );
}
