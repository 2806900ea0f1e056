import { type Lab, labSchema } from '../lab/lab-schema';
import { worldSchema } from '../lab/world-schema';

const yaml = labSchema.parse({
  schema: 1,
  id: '00000000-0000-4000-8000-000000000001',
  version: 1,
  status: 'active',
  title: { en: 'Two nodes', ko: '두 노드' },
  skills: ['test'],
  level: 1,
  minutes: 1,
  world: 'two',
  tasks: [
    {
      id: 'reach',
      points: 1,
      title: { en: 'Reach', ko: '닿기' },
      checks: [
        {
          id: 'reach',
          assert: 'reach',
          from: 'node01/red',
          to: { ip: '192.168.0.12', icmp: true },
        },
      ],
    },
  ],
});
/** A lab of two nodes and a cable, for tests that need a sandbox. */
export const twoNodes: Lab = {
  slug: 'two-nodes',
  yaml,
  files: [],
  world: worldSchema.parse({
    hosts: ['node01', 'node02'].map((name, i) => ({
      name,
      interfaces: [{ name: 'eth0', addresses: [`192.168.0.1${i + 1}/24`] }],
      sysctl: { 'net.ipv4.ip_forward': 1 },
    })),
    cables: [{ between: ['node01:eth0', 'node02:eth0'] }],
  }),
};
