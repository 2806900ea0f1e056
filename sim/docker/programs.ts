import type { Program } from '../linux/inode';
import { docker } from './client/docker';
import { dockerProxy } from './daemon/docker-proxy';
import { dockerd } from './daemon/dockerd';

/** What the package docker.io installs. */
export const dockerPrograms: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/docker', docker],
  ['/usr/sbin/docker-proxy', dockerProxy],
  ['/usr/sbin/dockerd', dockerd],
];
