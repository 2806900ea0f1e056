import type { Program } from '../linux/inode';
import { programs as absent } from './absent/programs';
import { programs as awk } from './awk/programs';
import { programs as bash } from './bash/programs';
import { programs as bc } from './bc/programs';
import { programs as bind9Dnsutils } from './bind9-dnsutils/programs';
import { programs as bird2 } from './bird2/programs';
import { programs as bridgeUtils } from './bridge-utils/programs';
import { programs as bsdmainutils } from './bsdmainutils/programs';
import { programs as conntrack } from './conntrack/programs';
import { programs as coreutils } from './coreutils/programs';
import { programs as curl } from './curl/programs';
import { programs as debianutils } from './debianutils/programs';
import { programs as diffutils } from './diffutils/programs';
import { programs as dnsmasq } from './dnsmasq/programs';
import { programs as ethtool } from './ethtool/programs';
import { programs as findutils } from './findutils/programs';
import { programs as grep } from './grep/programs';
import { programs as iproute2 } from './iproute2/programs';
import { programs as ss } from './iproute2/ss/programs';
import { programs as iptables } from './iptables/programs';
import { programs as iputils } from './iputils/programs';
import { programs as jq } from './jq/programs';
import { programs as less } from './less/programs';
import { programs as libcBin } from './libc-bin/programs';
import { programs as netTools } from './net-tools/programs';
import { programs as netcat } from './netcat/programs';
import { programs as nftables } from './nftables/programs';
import { programs as procps } from './procps/programs';
import { programs as sed } from './sed/programs';
import { programs as serve } from './serve/programs';
import { programs as tcpdump } from './tcpdump/programs';
import { programs as traceroute } from './traceroute/programs';
import { programs as utilLinux } from './util-linux/programs';
import { programs as vim } from './vim/programs';
import { programs as wget } from './wget/programs';

/** Everything that is installed on a machine: path and program, package by package. */
export const debianPrograms: readonly (readonly [path: string, program: Program])[] = [
  ...absent,
  ...bash,
  ...awk,
  ...bind9Dnsutils,
  ...bc,
  ...bird2,
  ...bridgeUtils,
  ...bsdmainutils,
  ...conntrack,
  ...coreutils,
  ...curl,
  ...dnsmasq,
  ...debianutils,
  ...diffutils,
  ...ethtool,
  ...findutils,
  ...grep,
  ...iproute2,
  ...iptables,
  ...iputils,
  ...jq,
  ...less,
  ...libcBin,
  ...netTools,
  ...netcat,
  ...nftables,
  ...sed,
  ...serve,
  ...ss,
  ...tcpdump,
  ...procps,
  ...traceroute,
  ...utilLinux,
  ...vim,
  ...wget,
];
