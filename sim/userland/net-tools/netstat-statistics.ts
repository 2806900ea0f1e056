/**
 * Sentences of statistics.c by group and field of /proc/net/snmp, in the file's order. Data
 * table.
 */
const SENTENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ip: {
    Forwarding: 'Forwarding: %',
    InReceives: '% total packets received',
    InHdrErrors: '% with invalid headers',
    InAddrErrors: '% with invalid addresses',
    ForwDatagrams: '% forwarded',
    InUnknownProtos: '% with unknown protocol',
    InDiscards: '% incoming packets discarded',
    InDelivers: '% incoming packets delivered',
    OutRequests: '% requests sent out',
    OutDiscards: '% outgoing packets dropped',
    OutNoRoutes: '% dropped because of missing route',
    ReasmTimeout: '% fragments dropped after timeout',
    ReasmReqds: '% reassemblies required',
    ReasmOKs: '% packets reassembled ok',
    ReasmFails: '% packet reassemblies failed',
    FragOKs: '% fragments received ok',
    FragFails: '% fragments failed',
    FragCreates: '% fragments created',
  },
  Icmp: {
    InMsgs: '% ICMP messages received',
    InErrors: '% input ICMP message failed',
    OutMsgs: '% ICMP messages sent',
    OutErrors: '% ICMP messages failed',
  },
  Tcp: {
    ActiveOpens: '% active connection openings',
    PassiveOpens: '% passive connection openings',
    AttemptFails: '% failed connection attempts',
    EstabResets: '% connection resets received',
    CurrEstab: '% connections established',
    InSegs: '% segments received',
    OutSegs: '% segments sent out',
    RetransSegs: '% segments retransmitted',
    InErrs: '% bad segments received',
    OutRsts: '% resets sent',
  },
  Udp: {
    InDatagrams: '% packets received',
    NoPorts: '% packets to unknown port received',
    InErrors: '% packet receive errors',
    OutDatagrams: '% packets sent',
    RcvbufErrors: '% receive buffer errors',
    SndbufErrors: '% send buffer errors',
  },
};

/** Fields that are printed even when they are 0 (opt_number in statistics.c are the others). */
const ALWAYS =
  /^(Forwarding|InReceives|ForwDatagrams|InDiscards|InDelivers|OutRequests|InMsgs|OutMsgs|OutErrors|ActiveOpens|PassiveOpens|AttemptFails|EstabResets|CurrEstab|InSegs|OutSegs|RetransSegs|InErrs|OutRsts|InDatagrams|NoPorts|OutDatagrams|RcvbufErrors|SndbufErrors)$/;

/** parsesnmp(): /proc/net/snmp has a line of names and a line of numbers for each group. */
export function formatStatistics(snmp: string, flags: ReadonlySet<string>): string {
  const rows = snmp.split('\n');
  let text = '';
  for (let i = 0; i + 1 < rows.length; i += 2) {
    const [group = '', ...names] = (rows[i] ?? '').split(/\s+/);
    const numbers = (rows[i + 1] ?? '').split(/\s+/).slice(1);
    const title = group.replace(':', '');
    const sentences = SENTENCES[title];
    if (!sentences || !asked(title, flags)) continue;
    text += `${title}:\n`;
    names.forEach((name, n) => {
      const sentence = sentences[name];
      const number = numbers[n] ?? '0';
      const errors = title !== 'Ip' && name === 'InErrors';
      if (sentence === undefined || (number === '0' && !errors && !ALWAYS.test(name))) return;
      text += `    ${sentence.replace('%', number)}\n`;
    });
  }
  return text;
}

function asked(title: string, flags: ReadonlySet<string>): boolean {
  const some = flags.has('t') || flags.has('u') || flags.has('w');
  if (!some) return true;
  if (title === 'Tcp') return flags.has('t');
  return title === 'Udp' ? flags.has('u') : flags.has('w');
}
