import { assertNever } from '../../../base/assert';
import type { DeviceData, NetDevice } from '../../../linux/device/net-device';
import type { Tun } from '../../../linux/device/tun';
import type { Vxlan } from '../../../linux/device/vxlan';
import type { Proc } from '../../../linux/process';
import type { Ip } from '../../../wire/frame';
import { formatIp, isMulticast } from '../../../wire/ip';
import { groupName, userName } from '../../coreutils/user';
import type { ToolContext } from '../context';
import type { Printer } from '../print';
import { printBridgeInfo } from './bridge-info';
import { printBridgeSlaveInfo } from './bridge-slave-info';
import { linkKind } from './link-filter';

/** IFLA_LINKINFO is there. */
export const hasLinkInfo = (dev: NetDevice): boolean =>
  linkKind(dev) !== undefined || dev.brport !== undefined;

/** print_linktype(), ip/ipaddress.c. */
export function printLinkInfo(ctx: ToolContext, dev: NetDevice): void {
  const p = ctx.print;
  p.openObject('linkinfo');
  const kind = linkKind(dev);
  if (kind !== undefined) {
    p.nl();
    p.any('info_kind', '    %s ', kind);
    printInfoData(ctx, dev.data);
  }
  if (dev.brport) {
    p.nl();
    p.any('info_slave_kind', '    %s_slave ', 'bridge');
    p.openObject('info_slave_data');
    printBridgeSlaveInfo(p, dev.brport);
    p.closeObject();
  }
  p.closeObject();
}

function printInfoData(ctx: ToolContext, data: DeviceData): void {
  const p = ctx.print;
  switch (data.kind) {
    case 'bridge':
      inObject(p, () => printBridgeInfo(p, data.bridge));
      return;
    case 'vxlan':
      inObject(p, () => printVxlan(p, data.vxlan));
      return;
    case 'vlan':
      inObject(p, () => {
        p.any('protocol', 'protocol %s ', '802.1Q');
        p.any('id', 'id %u ', data.id);
        if (p.json) {
          p.openArray('flags');
          p.field(undefined, 'REORDER_HDR');
          p.closeArray();
        } else p.fp('<REORDER_HDR> ');
      });
      return;
    case 'macvlan':
      inObject(p, () => {
        p.any('mode', 'mode %s ', data.mode);
        p.any('bcqueuelen', 'bcqueuelen %lu ', 1000);
        p.any('usedbcqueuelen', 'usedbcqueuelen %lu ', 1000);
      });
      return;
    case 'ipvlan':
      inObject(p, () => {
        p.any('mode', ' mode %s ', data.mode);
        p.any('mode_flag', '%s ', 'bridge');
      });
      return;
    case 'ipip':
      inObject(p, () => printIpip(p, data));
      return;
    case 'tun':
      inObject(p, () => printTun(ctx, data.tun));
      return;
    case 'loopback':
    case 'dummy':
    case 'veth':
    case 'cable':
      return;
    default:
      assertNever(data);
  }
}

function inObject(p: Printer, body: () => void): void {
  p.openObject('info_data');
  body();
  p.closeObject();
}

/** tun_print_opt(), ip/iptuntap.c: names of users and groups, where somebody has the number. */
function printTun({ print: p, proc, options }: ToolContext, tun: Tun): void {
  const { mode, pi, vnetHdr, multiQueue } = tun.flags;
  p.any('type', 'type %s ', mode);
  p.onOff('pi', 'pi %s ', pi);
  p.onOff('vnet_hdr', 'vnet_hdr %s ', vnetHdr);
  if (p.json) p.field('multi_queue', multiQueue);
  else if (multiQueue) p.fp('multi_queue ');
  if (multiQueue) {
    p.any('numqueues', 'numqueues %u ', tun.queues.length);
    p.any('numdisabled', 'numdisabled %u ', 0);
  }
  p.onOff('persist', 'persist %s ', tun.persist);
  const named = (id: number, name: (proc: Proc, id: number) => string): string | number =>
    options.numeric ? id : name(proc, id);
  if (tun.owner !== -1) p.any('user', 'user %s ', named(tun.owner, userName));
  if (tun.group !== -1) p.any('group', 'group %s ', named(tun.group, groupName));
}

/** vxlan_print_opt(), ip/iplink_vxlan.c. */
function printVxlan(p: Printer, v: Vxlan): void {
  p.any('id', 'id %u ', v.vni);
  if (v.remote !== undefined) printVxlanRemote(p, v.remote);
  if (v.local !== undefined) {
    p.any(typeof v.local === 'number' ? 'local' : 'local6', 'local %s ', formatIp(v.local));
  }
  if (v.link) p.any('link', 'dev %s ', v.link.name);
  p.openObject('port_range');
  p.field('low', v.srcPortLow);
  p.field('high', v.srcPortHigh);
  p.closeObject();
  p.fp('srcport %u %u ', v.srcPortLow, v.srcPortHigh);
  p.any('port', 'dstport %u ', v.dstPort);
  p.field('learning', v.learning);
  if (!v.learning) p.fp('nolearning ');
  if (v.proxy) p.bool('proxy', 'proxy ', true);
  if (v.rsc) p.bool('rsc', 'rsc ', true);
  if (v.l2miss) p.bool('l2miss', 'l2miss ', true);
  if (v.l3miss) p.bool('l3miss', 'l3miss ', true);
  printTos(p, v.tos);
  if (p.json || v.ttl) p.any('ttl', 'ttl %u ', v.ttl);
  else p.fp('ttl %s ', 'auto');
  p.field('df', 'unset');
  if (v.ageingSec === 0) p.any('ageing', 'ageing none ', 0);
  else p.any('ageing', 'ageing %u ', v.ageingSec);
  if (v.limit) p.any('limit', 'maxaddr %u ', v.limit);
  p.field('udp_csum', v.udpCsum);
  p.fp(v.udpCsum ? 'udpcsum ' : 'noudpcsum ');
  p.field('udp_zero_csum6_tx', false);
  p.fp('noudp6zerocsumtx ');
  p.field('udp_zero_csum6_rx', false);
  p.fp('noudp6zerocsumrx ');
}

function printVxlanRemote(p: Printer, ip: Ip): void {
  const name = isMulticast(ip) ? 'group' : 'remote';
  p.any(typeof ip === 'number' ? name : `${name}6`, `${name} %s `, formatIp(ip));
}

function printTos(p: Printer, tos: number): void {
  if (!tos) return;
  if (p.json || tos !== 1) p.hex0x('tos', 'tos %#llx ', tos);
  else p.fp('tos %s ', 'inherit');
}

/** iptunnel_print_opt(), ip/link_iptnl.c. */
function printIpip(p: Printer, data: Extract<DeviceData, { kind: 'ipip' }>): void {
  p.any('proto', '%s ', 'ipip');
  p.any('remote', 'remote %s ', data.remote ? formatIp(data.remote) : 'any');
  p.any('local', 'local %s ', data.local ? formatIp(data.local) : 'any');
  if (p.json || data.ttl) p.any('ttl', 'ttl %u ', data.ttl);
  else p.fp('ttl %s ', 'inherit');
  printTos(p, data.tos);
  if (p.json) p.field('pmtudisc', data.pmtudisc);
  else p.fp(data.pmtudisc ? 'pmtudisc ' : 'nopmtudisc ');
}
