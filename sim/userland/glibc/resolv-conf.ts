import { readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import type { Ip } from '../../wire/frame';
import { parseIp } from '../../wire/ip';

/** struct __res_state as resolv.conf(5) sets it. */
export interface ResolvConf {
  readonly nameservers: readonly Ip[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly timeoutSec: number;
  readonly attempts: number;
  readonly rotate: boolean;
}

/** MAXNS; RES_TIMEOUT, RES_DFLRETRY of resolv.h. */
const MAXNS = 3;
const RES_TIMEOUT = 5;
const RES_DFLRETRY = 2;

/** __resolv_conf_load(), resolv/res_init.c. Without a nameserver line it is the local host. */
export function parseResolvConf(text: string): ResolvConf {
  const nameservers: Ip[] = [];
  let search: readonly string[] = [];
  const options = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    const addr = parseIp(words[0] ?? '');
    if (keyword === 'nameserver' && addr !== undefined && nameservers.length < MAXNS) {
      nameservers.push(addr);
    }
    if (keyword === 'search') search = words;
    if (keyword === 'domain') search = words.slice(0, 1);
    if (keyword === 'options') {
      for (const word of words) {
        const [name = '', value = ''] = word.split(':');
        options.set(name, value);
      }
    }
  }
  const number = (name: string, otherwise: number, max: number) => {
    const value = Number.parseInt(options.get(name) ?? '', 10);
    return Number.isNaN(value) ? otherwise : Math.min(Math.max(value, 0), max);
  };
  return {
    nameservers: nameservers.length > 0 ? nameservers : [0x7f00_0001],
    search,
    ndots: number('ndots', 1, 15),
    timeoutSec: number('timeout', RES_TIMEOUT, 30),
    attempts: number('attempts', RES_DFLRETRY, 5),
    rotate: options.has('rotate'),
  };
}

export function readResolvConf(proc: Proc): ResolvConf {
  const file = readTextAt(proc, '/etc/resolv.conf');
  return parseResolvConf(typeof file === 'string' ? '' : file.text);
}

/** __res_context_search(): the names to try for `name`, in order. */
export function searchNames(name: string, conf: ResolvConf): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const listed = conf.search.map((domain) => (domain === '.' ? `${name}.` : `${name}.${domain}`));
  const asIs = `${name}.`;
  const all = dots >= conf.ndots ? [asIs, ...listed] : [...listed, asIs];
  return all.map((n) => (n.endsWith('.') ? n : `${n}.`));
}
