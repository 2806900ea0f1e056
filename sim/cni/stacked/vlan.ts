import type { Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import { type Fields, unmarshal } from '../gojson/fields';
import type { Step } from '../invoke';
import { ipamCheck, ipamDel } from '../pkg/ipam';
import { openNetns } from '../pkg/ns';
import { previous } from '../pkg/prev-result';
import type { Call, Plugin } from '../skel';
import { type CniError, fail } from '../types/error';
import { type NetConf, readNetConf } from '../types/net-conf';
import { addByIpam, checkMtu, checkStacked, createStacked, deleteStacked } from './stacked';

const MAX_VLAN = 4094;

interface VlanConf extends NetConf {
  readonly master: string;
  readonly vlanId: number;
  readonly mtu: number;
}

const readConf = (f: Fields): VlanConf => ({
  ...readNetConf(f),
  master: f.string('master'),
  vlanId: f.int('vlanId'),
  mtu: f.int('mtu'),
});

/** loadConf() of plugins/main/vlan. */
function loadConf(call: Call): Result<VlanConf, CniError> {
  const read = unmarshal(call.stdin, 'main.NetConf', readConf);
  if (!read.ok) return fail(`failed to load netconf: ${read.error}`);
  const { master, vlanId, mtu } = read.value;
  if (master === '') {
    const what = 'It specifies the host interface name to create the VLAN for';
    return fail(`"master" field is required. ${what}${call.release.modern ? '' : '.'}`);
  }
  if (vlanId < 0 || vlanId > MAX_VLAN) {
    return fail(`invalid VLAN ID ${vlanId} (must be between 0 and 4095 inclusive)`);
  }
  const checked = checkMtu(call.host, master, mtu);
  return checked.ok ? read : checked;
}

function* add(call: Call): Step<string> {
  const loaded = loadConf(call);
  if (!loaded.ok) return loaded;
  const { master, mtu, vlanId: id, ipamType, cniVersion, dns } = loaded.value;
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const own = createStacked(call, netns.value, {
    kind: 'vlan',
    master,
    mtu,
    info: (lower) => ({ kind: 'vlan', lower, id }),
  });
  if (!own.ok) return own;
  const layer = { ipamType, cniVersion, dns, arpNotify: false };
  return yield* addByIpam(call, netns.value, own.value, layer);
}

function* del(call: Call): Step {
  const conf = loadConf(call);
  if (!conf.ok) return conf;
  const released = yield* ipamDel(call, conf.value.ipamType);
  return released.ok ? deleteStacked(call) : released;
}

function* check(call: Call): Step {
  const conf = unmarshal(call.stdin, 'main.NetConf', readConf);
  if (!conf.ok) return fail(`failed to load netconf: ${conf.error}`);
  const netns = openNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const { ipamType, master, vlanId, mtu } = conf.value;
  const ipam = yield* ipamCheck(call, ipamType);
  if (!ipam.ok) return ipam;
  const result = previous(call, conf.value, 'vlan: ');
  if (!result.ok) return result;
  const wrong = (dev: NetDevice): string | undefined => {
    const id = dev.data.kind === 'vlan' ? dev.data.id : 0;
    if (id !== vlanId) {
      return `Error: Tuning link ${dev.name} configured promisc is ${vlanId}, current value is ${id}`;
    }
    if (mtu === 0 || mtu === dev.mtu) return undefined;
    return `Error: Tuning configured MTU of ${dev.name} is ${mtu}, current value is ${dev.mtu}`;
  };
  return checkStacked(call, netns.value.net, result.value, { kind: 'vlan', master, wrong });
}

/** plugins/main/vlan. */
export const vlan: Plugin = { name: 'vlan', add, check, del };
