import { expect, test } from 'vitest';
import { drive } from '../../cli/drive';
import { recordScenario } from '../../cli/recorder';

test('docker COMMAND --help shows the real options', async () => {
  const ran = await drive(
    recordScenario(
      '# title: help\n# area: docker\n# needs: docker\n\ndocker network rm --help\ndocker kill --help\n',
    ),
  );
  expect(ran.map((one) => one.stdout)).toEqual([
    '\nUsage:  docker network rm NETWORK [NETWORK...]\n\nRemove one or more networks\n\nAliases:\n  rm, remove\n',
    '\nUsage:  docker kill [OPTIONS] CONTAINER [CONTAINER...]\n\nKill one or more running containers\n\nOptions:\n  -s, --signal string   Signal to send to the container (default "KILL")\n',
  ]);
});
