import { utf8Encode } from '../../base/bytes';
import type { NetDevice } from '../../linux/device/net-device';
import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import { VETH_FEATURES } from './veth-features';

interface Answer {
  readonly out?: string;
  readonly error?: string;
  readonly code: number;
}

const BAD_ARGUMENTS: Answer = {
  error: 'ethtool: bad command line argument(s)\nFor more information run ethtool -h\n',
  code: 1,
};

/** Options that real machines have and ours does not model. */
const ABSENT =
  /^-([acgurpPtTfFeEdnNxXKACGUsQlLm]|-(?:show-|set-|pause|coalesce|offload|change|identify|test|flash|register|eeprom|phy|module)[a-z-]*)$/;

/** ethtool 6.1: the default form, -S, -i and -k. */
export function* ethtool(proc: Proc, argv: readonly string[]): Process {
  const answer = dispatch(proc, argv.slice(1));
  yield* write(proc, 1, utf8Encode(answer.out ?? ''));
  yield* write(proc, 2, utf8Encode(answer.error ?? ''));
  return answer.code;
}

function dispatch(proc: Proc, words: readonly string[]): Answer {
  const [option, name] = words;
  if (option === undefined) return BAD_ARGUMENTS;
  if (option === '--version') return { out: 'ethtool version 6.1\n', code: 0 };
  if (!option.startsWith('-')) return settings(proc, option);
  if (name === undefined) return BAD_ARGUMENTS;
  const dev = proc.netns.deviceByName(name);
  switch (option) {
    case '-S':
    case '--statistics':
      if (!dev) return missing('Cannot get stats strings information');
      return statistics(dev);
    case '-i':
    case '--driver':
      return dev ? driver(dev) : missing('Cannot get driver information');
    case '-k':
    case '--show-features':
    case '--show-offload':
      if (!dev) return missing('netlink error');
      return features(dev);
    default:
      if (ABSENT.test(option)) {
        return { error: `hopwise: ethtool: ${option} is not simulated\n`, code: 2 };
      }
      return BAD_ARGUMENTS;
  }
}

const missing = (what: string): Answer => ({ error: `${what}: ${strerror('ENODEV')}\n`, code: 71 });

/** nl_gset(): each of its requests complains when there is no such device. */
const NO_DEVICE =
  'netlink error: no device matches name (offset 24)\nnetlink error: No such device\n'.repeat(5);

/** do_gset(): only what the driver reports; veth reports a 10 Gb/s port. */
function settings(proc: Proc, name: string): Answer {
  const dev = proc.netns.deviceByName(name);
  if (!dev) return { out: 'No data available\n', error: NO_DEVICE, code: 75 };
  const kind = dev.data.kind;
  const port = kind === 'veth' || kind === 'cable' || kind === 'tun' || kind === 'bridge';
  const level = kind === 'tun' ? MESSAGE_LEVEL : '';
  const carrier = `${level}\tLink detected: ${dev.up && dev.carrier ? 'yes' : 'no'}\n`;
  return { out: `Settings for ${name}:\n${port ? PORT(dev) : ''}${carrier}`, code: 0 };
}

/** tun_get_msglevel(): no bit is set, and none is named. */
const MESSAGE_LEVEL = `        Current message level: 0x00000000 (0)\n${' '.repeat(30)}\n`;

const PORT = (dev: NetDevice): string =>
  '\tSupported ports: [  ]\n' +
  '\tSupported link modes:   Not reported\n' +
  '\tSupported pause frame use: No\n' +
  '\tSupports auto-negotiation: No\n' +
  '\tSupported FEC modes: Not reported\n' +
  '\tAdvertised link modes:  Not reported\n' +
  '\tAdvertised pause frame use: No\n' +
  '\tAdvertised auto-negotiation: No\n' +
  '\tAdvertised FEC modes: Not reported\n' +
  `\tSpeed: ${dev.data.kind === 'bridge' && !dev.carrier ? 'Unknown!' : '10000Mb/s'}\n` +
  `\tDuplex: ${dev.data.kind === 'bridge' ? 'Unknown! (255)' : 'Full'}\n` +
  '\tAuto-negotiation: off\n' +
  `\tPort: ${dev.data.kind === 'bridge' ? 'Other' : 'Twisted Pair'}\n` +
  '\tPHYAD: 0\n' +
  '\tTransceiver: internal\n' +
  `${dev.data.kind === 'bridge' ? '' : '\tMDI-X: Unknown\n'}`;

/**
 * veth_get_ethtool_stats(), drivers/net/veth.c: peer_ifindex, then the XDP counters of one queue.
 */
function statistics(dev: NetDevice): Answer {
  if (dev.data.kind !== 'veth') return { error: 'no stats available\n', code: 94 };
  const rows: readonly (readonly [string, number])[] = [
    ['peer_ifindex', dev.data.peer?.ifindex ?? 0],
    ['rx_queue_0_xdp_packets', 0],
    ['rx_queue_0_xdp_bytes', 0],
    ['rx_queue_0_drops', 0],
    ['rx_queue_0_xdp_redirect', 0],
    ['rx_queue_0_xdp_drops', 0],
    ['rx_queue_0_xdp_tx', 0],
    ['rx_queue_0_xdp_tx_errors', 0],
    ['tx_queue_0_xdp_xmit', 0],
    ['tx_queue_0_xdp_xmit_errors', 0],
  ];
  const lines = rows.map(([name, value]) => `     ${name}: ${value}\n`).join('');
  return { out: `NIC statistics:\n${lines}`, code: 0 };
}

/** ETHTOOL_GDRVINFO of the drivers. */
const DRIVERS: Readonly<Record<string, readonly [string, string]>> = {
  veth: ['veth', '1.0'],
  bridge: ['bridge', '2.3'],
  vxlan: ['vxlan', '0.1'],
  dummy: ['dummy', '1.0'],
  macvlan: ['macvlan', '0.1'],
  ipvlan: ['ipvlan', '0.1'],
  vlan: ['802.1Q VLAN Support', '1.8'],
  tun: ['tun', '1.6'],
};

/** tun_get_drvinfo(): a tun says what it is where others have a place. */
const busInfo = ({ data }: NetDevice): string => (data.kind === 'tun' ? data.tun.flags.mode : '');

function driver(dev: NetDevice): Answer {
  const known = DRIVERS[dev.data.kind];
  if (!known)
    return { error: 'Cannot get driver information: Operation not supported\n', code: 71 };
  const statistics = dev.data.kind === 'veth' ? 'yes' : 'no';
  const out =
    `driver: ${known[0]}\nversion: ${known[1]}\nfirmware-version: \nexpansion-rom-version: \n` +
    `bus-info: ${busInfo(dev)}\nsupports-statistics: ${statistics}\nsupports-test: no\n` +
    'supports-eeprom-access: no\nsupports-register-dump: no\nsupports-priv-flags: no\n';
  return { out, code: 0 };
}

function features(dev: NetDevice): Answer {
  if (dev.data.kind !== 'veth') {
    return { error: `hopwise: ethtool: -k of a ${dev.data.kind} is not simulated\n`, code: 2 };
  }
  return { out: `Features for ${dev.name}:\n${VETH_FEATURES}`, code: 0 };
}
