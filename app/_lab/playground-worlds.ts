import { type WorldSpec, worldSchema } from '@/sim/lab/world-schema';

interface PlaygroundWorld {
  readonly slug: string;
  readonly title: { readonly en: string; readonly ko: string };
  readonly world: WorldSpec;
}

const nic = (address: string) => [{ name: 'eth0', addresses: [address] }];

/** The rooms that the playground offers. */
export const PLAYGROUND_WORLDS: readonly PlaygroundWorld[] = [
  {
    slug: 'two-hosts',
    title: { en: 'Two hosts on a cable', ko: '케이블로 이어진 호스트 둘' },
    world: worldSchema.parse({
      hosts: [
        { name: 'node01', interfaces: nic('192.168.1.11/24') },
        { name: 'node02', interfaces: nic('192.168.1.12/24') },
      ],
      cables: [{ between: ['node01:eth0', 'node02:eth0'] }],
    }),
  },
  {
    slug: 'one-host',
    title: { en: 'One host', ko: '호스트 하나' },
    world: worldSchema.parse({ hosts: [{ name: 'node01' }] }),
  },
  {
    slug: 'three-on-a-switch',
    title: { en: 'Three hosts on a switch', ko: '스위치에 물린 호스트 셋' },
    world: worldSchema.parse({
      hosts: [
        { name: 'node01', interfaces: nic('192.168.1.11/24') },
        { name: 'node02', interfaces: nic('192.168.1.12/24') },
        { name: 'node03', interfaces: nic('192.168.1.13/24') },
      ],
      switches: [{ name: 'sw1', ports: ['node01:eth0', 'node02:eth0', 'node03:eth0'] }],
    }),
  },
  {
    slug: 'two-networks',
    title: { en: 'Two networks and a router', ko: '네트워크 둘과 라우터' },
    world: worldSchema.parse({
      hosts: [
        {
          name: 'left',
          interfaces: nic('192.168.1.10/24'),
          routes: ['default via 192.168.1.1'],
        },
        {
          name: 'router',
          interfaces: [
            { name: 'eth0', addresses: ['192.168.1.1/24'] },
            { name: 'eth1', addresses: ['192.168.2.1/24'] },
          ],
          sysctl: { 'net.ipv4.ip_forward': 1 },
        },
        {
          name: 'right',
          interfaces: nic('192.168.2.10/24'),
          routes: ['default via 192.168.2.1'],
        },
      ],
      cables: [
        { between: ['left:eth0', 'router:eth0'] },
        { between: ['router:eth1', 'right:eth0'] },
      ],
    }),
  },
];
