import { describe, expect, test } from 'vitest';
import { packageService } from '../cli/package-service';
import { CNI_PATHS } from '../cni/on-demand';
import { DOCKER_PATHS } from '../docker/on-demand';
import { ON_DEMAND } from '../userland/on-demand';

describe('packages on demand', () => {
  test.each([
    ...Object.entries(ON_DEMAND),
    ['cni', CNI_PATHS] as const,
    ['docker', DOCKER_PATHS] as const,
  ])('%s installs what its table says', async (name, paths) => {
    const loaded = await packageService(name);
    expect(loaded?.table.map(([path]) => path)).toEqual([...paths]);
  });

  test('a package that nobody knows is none', async () => {
    expect(await packageService('nosuch')).toBeUndefined();
    expect(await packageService('toString')).toBeUndefined();
    expect(await packageService(7)).toBeUndefined();
  });
});
