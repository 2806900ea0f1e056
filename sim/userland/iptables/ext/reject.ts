import type { RejectWith, XtReject } from '../../../linux/netfilter/xt-target';
import type { Family } from '../../../wire/ip';
import { parameterProblem, type TargetExtension, targetExtension } from '../extension';

/** struct reject_names. */
interface RejectName {
  readonly name: RejectWith;
  readonly alias: string;
  readonly desc: string;
  readonly xlate: string;
}

const row = (name: RejectWith, alias: string, desc: string, xlate: string): RejectName => ({
  name,
  alias,
  desc,
  xlate,
});

/** reject_table[] of extensions/libipt_REJECT.c, in the order of IPT_ICMP_*. */
const TABLE_V4: readonly RejectName[] = [
  row('icmp-net-unreachable', 'net-unreach', 'ICMP network unreachable', 'net-unreachable'),
  row('icmp-host-unreachable', 'host-unreach', 'ICMP host unreachable', 'host-unreachable'),
  row('icmp-proto-unreachable', 'proto-unreach', 'ICMP protocol unreachable', 'prot-unreachable'),
  row(
    'icmp-port-unreachable',
    'port-unreach',
    'ICMP port unreachable (default)',
    'port-unreachable',
  ),
  row('icmp-net-prohibited', 'net-prohib', 'ICMP network prohibited', 'net-prohibited'),
  row('icmp-host-prohibited', 'host-prohib', 'ICMP host prohibited', 'host-prohibited'),
  row('tcp-reset', 'tcp-rst', 'TCP RST packet', 'tcp reset'),
  row(
    'icmp-admin-prohibited',
    'admin-prohib',
    'ICMP administratively prohibited (*)',
    'admin-prohibited',
  ),
];

/** reject_table[] of extensions/libip6t_REJECT.c, in the order of IP6T_ICMP6_*. */
const TABLE_V6: readonly RejectName[] = [
  row('icmp6-no-route', 'no-route', 'ICMPv6 no route', 'no-route'),
  row(
    'icmp6-adm-prohibited',
    'adm-prohibited',
    'ICMPv6 administratively prohibited',
    'admin-prohibited',
  ),
  row('icmp6-addr-unreachable', 'addr-unreach', 'ICMPv6 address unreachable', 'addr-unreachable'),
  row('icmp6-port-unreachable', 'port-unreach', 'ICMPv6 port unreachable', 'port-unreachable'),
  row('tcp-reset', 'tcp-reset', 'TCP RST packet', 'tcp reset'),
  row('icmp6-policy-fail', 'policy-fail', 'ICMPv6 policy fail', 'policy-fail'),
  row('icmp6-reject-route', 'reject-route', 'ICMPv6 reject route', 'reject-route'),
];

/** The same target of both families, each with its own names. */
function reject(family: Family): TargetExtension {
  const table = family === 4 ? TABLE_V4 : TABLE_V6;
  const fallback: RejectWith = family === 4 ? 'icmp-port-unreachable' : 'icmp6-port-unreachable';
  return targetExtension<XtReject, { with: RejectWith }, 'with'>({
    name: 'REJECT',
    families: [family],
    own: (t) => (t.name === 'REJECT' ? t : undefined),
    options: [{ name: 'reject-with', id: 'with', type: 'string' }],
    help: helpText(family, table),
    init: () => ({ with: fallback }),
    parse: (draft, { arg, warn }) => {
      const begins = (name: string) => name.startsWith(arg.toLowerCase());
      const found = table.find(({ name, alias }) => begins(name) || begins(alias));
      if (found) {
        draft.with = found.name;
        return undefined;
      }
      if (begins('echo-reply') || begins('echoreply')) {
        warn('--reject-with echo-reply no longer supported\n');
      }
      return parameterProblem(`unknown reject type "${arg}"`);
    },
    build: (draft) => ({ name: 'REJECT', with: draft.with }),
    print: (t) => ` reject-with ${t.with}`,
    save: (t) => ` --reject-with ${t.with}`,
    xlate: (t) => {
      if (t.with === fallback) return 'reject';
      const words = table.find(({ name }) => name === t.with)?.xlate ?? '';
      if (t.with === 'tcp-reset') return `reject with ${words}`;
      return `reject with ${family === 4 ? 'icmp' : 'icmpv6'} type ${words}`;
    },
  });
}

function helpText(family: Family, table: readonly RejectName[]): string {
  const types = table.map(
    ({ name, alias, desc }) => `    ${name.padEnd(25)}\t${desc}\n    ${alias.padEnd(25)}\talias\n`,
  );
  const note =
    family === 4
      ? '(*) See man page or read the INCOMPATIBILITES file for compatibility issues.\n'
      : '';
  return `REJECT target options:
--reject-with type              drop input packet and send back
                                a reply packet according to type:
Valid reject types:
${types.join('')}
${note}`;
}

export const rejectV4 = reject(4);
export const rejectV6 = reject(6);
