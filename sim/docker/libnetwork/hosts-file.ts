import { utf8Decode } from '../../base/bytes';
import { readTextAt } from '../../linux/files';
import { fileBytes } from '../../linux/inode';
import type { Container } from '../daemon/container';
import type { Engine } from '../daemon/engine';
import { setText } from '../daemon/rootfs';

/** defaultContent of libnetwork/etchosts. */
const DEFAULT =
  '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\n' +
  'ff00::0\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n';

/** The gateway that `--add-host NAME:host-gateway` means. */
const hostGateway = (engine: Engine): string => {
  const bridge = [...engine.networks.values()].find((one) => one.name === 'bridge');
  return bridge?.ipam[0]?.gateway || '172.17.0.1';
};

/** buildHostsFile(): what stands in /etc/hosts before any network is joined. */
export function buildHosts(engine: Engine, container: Container): string {
  const extra = (container.hostConfig.extraHosts ?? []).map((one) => {
    const at = one.indexOf(':');
    const address = one.slice(at + 1);
    return `${address === 'host-gateway' ? hostGateway(engine) : address}\t${one.slice(0, at)}\n`;
  });
  if (container.hostConfig.networkMode !== 'host') return DEFAULT + extra.join('');
  const own = readTextAt(engine.proc, '/etc/hosts');
  return (typeof own === 'string' ? DEFAULT : own.text) + extra.join('');
}

/** etchosts.Delete(): the lines that end in one of these names. */
export function deleteHostsLines(container: Container, names: ReadonlySet<string>): void {
  const hosts = container.files?.network.hosts;
  if (hosts?.body.kind !== 'file' || container.hostConfig.networkMode === 'host') return;
  const lines = utf8Decode(fileBytes(hosts.body)).split('\n');
  const left = lines.filter((line) => !names.has(line.slice(line.indexOf('\t') + 1)));
  setText(hosts, left.join('\n'));
}

/** updateHostsFile(): the container's own name. */
export function addHostsLine(container: Container, address: string): void {
  const hosts = container.files?.network.hosts;
  if (hosts?.body.kind !== 'file' || container.hostConfig.networkMode === 'host') return;
  const { hostname, domainname } = container.config;
  const full = domainname === '' ? hostname : `${hostname}.${domainname}`;
  const [short = full] = full.split('.');
  const names = full === short ? full : `${full} ${short}`;
  setText(hosts, `${utf8Decode(fileBytes(hosts.body))}${address}\t${names}\n`);
}
