import type { Host } from '../../linux/host';
import type { Netns } from '../../linux/netns';
import { changeLink } from '../../linux/rtnetlink/link';
import { writeSysctl } from '../libnetwork/bridge';
import { bindNamespace } from '../libnetwork/sandbox';
import { installDocker, startDockerd } from './install';

/** `docker`: one engine on the machine; `docker h1 h2`: one in each named namespace. Undefined: something else. */
export function dockerHosts(needs: string): readonly string[] | undefined {
  const [word, ...names] = needs.split(/\s+/);
  return word === 'docker' ? names : undefined;
}

function prepare(net: Netns, ipv6: boolean): void {
  if (!ipv6) {
    writeSysctl(net, 'net/ipv6/conf/all/disable_ipv6', '1');
    writeSysctl(net, 'net/ipv6/conf/default/disable_ipv6', '1');
  }
  changeLink(net, net.lo, { up: true });
}

/** The world of `# needs: docker`: `lo` up, a fresh engine with default options; false when one did not start. */
export function setUpDockerWorld(
  host: Host,
  names: readonly string[],
  options: { readonly ipv6: boolean },
): boolean {
  installDocker(host);
  if (names.length === 0) {
    prepare(host.netns, options.ipv6);
    return (
      startDockerd(host, { name: 'docker', netns: host.netns, hostname: host.name }) !== undefined
    );
  }
  return names.every((name) => {
    const netns = host.newNetns(name);
    bindNamespace(host.init, `/run/netns/${name}`, netns);
    prepare(netns, options.ipv6);
    return startDockerd(host, { name, netns, hostname: name }) !== undefined;
  });
}
