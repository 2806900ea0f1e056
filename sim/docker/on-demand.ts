import { onDemand, type ProgramTable } from '../userland/package';

/** What `programs.ts` installs, without its code. A data table; a test compares it. */
export const DOCKER_PATHS = [
  '/usr/bin/docker',
  '/usr/sbin/docker-proxy',
  '/usr/sbin/dockerd',
] as const;

export const dockerOnDemand: ProgramTable = onDemand('docker', DOCKER_PATHS);
