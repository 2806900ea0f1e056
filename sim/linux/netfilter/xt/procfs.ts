import type { Errno } from '../../errno';
import type { Netns } from '../../netns';
import { hashlimitFiles } from './hashlimit-proc';
import { recentText, recentWrite } from './recent-proc';
import { recentTables } from './recent-table';

/** A file that an extension keeps under /proc/net. */
export interface XtProcFile {
  read(): string;
  readonly write?: (text: string) => Errno | undefined;
}

/** The directories of /proc/net that extensions of x_tables fill, a file for each list that a rule names. */
export const xtProcDirs = (
  net: Netns,
): readonly (readonly [name: string, files: () => ReadonlyMap<string, XtProcFile>])[] => [
  ['ip6t_hashlimit', () => readOnly(hashlimitFiles(net, 'ip6'))],
  ['ipt_hashlimit', () => readOnly(hashlimitFiles(net, 'ip'))],
  ['xt_recent', () => recentFiles(net)],
];

/** x_tables' own tables, which iptables-nft never makes: the lists are there and empty. */
export const XT_PROC_EMPTY = ['arp_tables_names', 'ip6_tables_names', 'ip_tables_names'];

const readOnly = (files: ReadonlyMap<string, () => string>): ReadonlyMap<string, XtProcFile> =>
  new Map([...files].map(([name, read]) => [name, { read }]));

const recentFiles = (net: Netns): ReadonlyMap<string, XtProcFile> =>
  new Map(
    [...recentTables(net)].map(([name, table]) => [
      name,
      { read: () => recentText(table), write: (text) => recentWrite(net, table, text) },
    ]),
  );
