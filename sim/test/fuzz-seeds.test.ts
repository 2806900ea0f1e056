import { expect, test } from 'vitest';
import { fuzzCommands } from '../bench/fuzz-commands';
import { fuzzPackets } from '../bench/fuzz-packets';
import { recordedCommands } from '../cli/fuzz';

/** What `sim fuzz` does millions of times, in small: no throw, no fault, nothing slow. */
test('random packets into every device of a network', async () => {
  const { cases, failures } = await fuzzPackets(1500, 'test');
  expect({ cases, failures }).toEqual({ cases: 1500, failures: [] });
}, 60_000);

test('random command lines at a shell in a network', async () => {
  const { cases, failures } = await fuzzCommands(60, 'test', { corpus: recordedCommands() });
  expect({ cases, failures }).toEqual({ cases: 60, failures: [] });
}, 60_000);
