import { OK, ok } from '../../base/result';
import type { Step } from '../invoke';
import { teardownIpMasq } from '../pkg/ip-masq';
import { ipamDel, ipamStatus } from '../pkg/ipam';
import { delLinkByNameAddr } from '../pkg/link';
import { getNetns } from '../pkg/ns';
import type { Call, Plugin } from '../skel';
import type { IpNet } from '../types/ip-net';
import { addBridge } from './add';
import { checkBridge } from './check';
import { type BridgeConf, loadBridgeConf } from './conf';

function* releaseAddress(call: Call, conf: BridgeConf): Step {
  return conf.ipamType === '' ? OK : yield* ipamDel(call, conf.ipamType);
}

/** The addresses the interface had; none if the link or its namespace is gone. */
function removeLink(call: Call) {
  const netns = getNetns(call.proc, call.netns);
  if (!netns.ok) return netns;
  const deleted = delLinkByNameAddr(netns.value.net, call.ifName);
  if (deleted.ok || deleted.error.is !== 'link-not-found') return deleted;
  return ok<readonly IpNet[]>([]);
}

function* deleteBridge(call: Call): Step {
  const loaded = loadBridgeConf(call);
  if (!loaded.ok) return loaded;
  const conf = loaded.value;
  if (call.netns === '') return yield* releaseAddress(call, conf);
  const addresses = removeLink(call);
  if (!addresses.ok) {
    if (addresses.error.is !== 'ns-path-not-exist') return addresses;
    return yield* releaseAddress(call, conf);
  }
  const released = yield* releaseAddress(call, conf);
  if (!released.ok) return released;
  if (conf.ipamType === '' || !conf.ipMasq) return OK;
  for (const net of addresses.value) {
    const done = yield* teardownIpMasq(call, conf.name, net);
    if (!done.ok) return done;
  }
  return OK;
}

function* statusBridge(call: Call): Step {
  const loaded = loadBridgeConf(call);
  if (!loaded.ok) return loaded;
  const { ipamType } = loaded.value;
  return ipamType === '' ? OK : yield* ipamStatus(call, ipamType);
}

/** plugins/main/bridge. */
export const bridge: Plugin = {
  name: 'bridge',
  add: addBridge,
  check: checkBridge,
  del: deleteBridge,
  status: statusBridge,
};
