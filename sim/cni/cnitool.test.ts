import { describe, expect, test } from 'vitest';
import { drive } from '../cli/drive';
import { recordScenario } from '../cli/recorder';

const SCRIPT = `# title: cnitool
# area: cni
# ipv6: off

export CNI_PATH=/usr/lib/cni
ip netns add c1
mkdir -p /etc/cni/net.d
cat > /etc/cni/net.d/10-n.conflist <<END
{ "cniVersion": "1.0.0", "name": "n", "plugins": [
  { "type": "bridge", "bridge": "cni0", "isGateway": true, "ipam": { "type": "host-local", "subnet": "10.1.0.0/24" } },
  { "type": "portmap", "capabilities": { "portMappings": true } } ] }
END

CAP_ARGS='{"portMappings":[{"hostPort":80,"containerPort":80,"protocol":"tcp"}]}' cnitool add n /run/netns/c1 | grep address
cnitool check n /run/netns/c1
iptables -t nat -S CNI-HOSTPORT-DNAT | grep -c dports
ls /var/lib/cni/results
ip -n c1 addr flush dev eth0
cnitool check n /run/netns/c1
CAP_ARGS='{"portMappings":[{"hostPort":80,"containerPort":80,"protocol":"tcp"}]}' cnitool del n /run/netns/c1
ls /var/lib/cni/results /var/lib/cni/networks/n
iptables -t nat -S | grep -c CNI-DN
cnitool add other /run/netns/c1
cnitool add
CNI_PATH=/tmp cnitool add n /run/netns/c1
`;

describe('cnitool', () => {
  test('adds, checks and deletes a list of plugins', async () => {
    const ran = await drive(recordScenario(SCRIPT));
    const seen = ran.slice(4).map(({ stdout, stderr, code }) => ({ out: stdout + stderr, code }));
    expect(seen).toEqual([
      { out: '            "address": "10.1.0.2/24",\n', code: 0 },
      { out: '', code: 0 },
      { out: '1\n', code: 0 },
      { out: 'n-cnitool-20b4ff582526573bbe7d-eth0\n', code: 0 },
      { out: '', code: 0 },
      { out: 'Failed to match addr 10.1.0.2/24 on interface eth0\n', code: 1 },
      { out: '', code: 0 },
      {
        out: '/var/lib/cni/networks/n:\nlast_reserved_ip.0\nlock\n\n/var/lib/cni/results:\n',
        code: 0,
      },
      { out: '0\n', code: 1 },
      { out: 'no net configuration with name "other" in /etc/cni/net.d\n', code: 1 },
      { out: expect.stringContaining('cnitool add   <net> <netns>\n'), code: 1 },
      {
        out: 'plugin type="bridge" failed (add): failed to find plugin "bridge" in path [/tmp]\n',
        code: 1,
      },
    ]);
  });
});
