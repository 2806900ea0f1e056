import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PACKAGE_VERSIONS } from '../userland/versions';
import { drive } from './drive';
import { documentedTools } from './fidelity/documented';
import { probeTool } from './fidelity/probe';
import { installedCommands } from './fidelity/report';
import { recordScenario } from './recorder';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const OUTDATED = 'docs/fidelity.json is older than the code: run npm run -s sim -- fidelity';
const listSchema = z.record(
  z.string(),
  z.object({
    version: z.string(),
    kinds: z.record(z.string(), z.record(z.string(), z.string())),
  }),
);
const list = listSchema.parse(JSON.parse(readFileSync(join(ROOT, 'docs/fidelity.json'), 'utf8')));
const documented = documentedTools(ROOT);

/** Tried again in each run of the tests; the whole list takes a minute. */
const SAMPLE = ['bridge', 'nc', 'ipset', 'conntrack', 'CNI plugins', '/sys/class/net'];

/** How packages are asked for their version. */
const PRINTED = {
  bash: 'bash --version',
  bird2: 'bird --version',
  'bridge-utils': 'brctl -V',
  conntrack: 'conntrack -V',
  coreutils: 'ls --version',
  curl: 'curl -V',
  ethtool: 'ethtool --version',
  grep: 'grep --version',
  iproute2: 'ip -V',
  ipset: 'ipset version',
  iptables: 'iptables -V',
  iputils: 'ping -V',
  jq: 'jq --version',
  less: 'less --version',
  'net-tools': 'netstat -V',
  nftables: 'nft -v',
  procps: 'sysctl --version',
  sed: 'sed --version',
  tcpdump: 'tcpdump --version',
  'util-linux': 'unshare -V',
};

describe('docs/fidelity.json', () => {
  test('has every command that is installed and every tool that is documented', () => {
    const names = new Set([...installedCommands(), ...documented.map(({ tool }) => tool)]);
    expect(Object.keys(list).sort(), OUTDATED).toEqual([...names].sort());
  });

  test('has every documented name', () => {
    for (const { tool, groups } of documented) {
      for (const { kind, names } of groups) {
        const listed = list[tool]?.kinds[kind] ?? {};
        expect(Object.keys(listed), `${OUTDATED} (${tool}, ${kind})`).toEqual(
          expect.arrayContaining(names.map(([name]) => name)),
        );
      }
    }
  });

  test('names the version of each package', () => {
    for (const { package: name, tool } of documented) {
      expect(list[tool]?.version, name).toBe(PACKAGE_VERSIONS[name]);
    }
  });

  test('the versions are those that the tools print', async () => {
    const asked = Object.entries(PRINTED).map(([name, command]) => ({ name, command }));
    const ran = await drive(recordScenario(asked.map(({ command }) => `${command}\n`).join('')));
    for (const [i, { name, command }] of asked.entries()) {
      const said = `${ran[i]?.stdout}${ran[i]?.stderr}`;
      expect(said, command).toContain(PACKAGE_VERSIONS[name] ?? 'a version');
    }
  });

  test.each(SAMPLE)('%s does what the list says', { timeout: 60_000 }, async (tool) => {
    const one = documented.find((candidate) => candidate.tool === tool);
    expect(one).toBeDefined();
    const found = one ? await probeTool(one) : [];
    expect(found.length).toBeGreaterThan(0);
    const wrong = found.filter(
      ({ kind, name, status }) => list[tool]?.kinds[kind]?.[name] !== status,
    );
    expect(
      wrong.map(({ ran, status }) => `${ran.cmd}: ${status}`),
      OUTDATED,
    ).toEqual([]);
  });
});
