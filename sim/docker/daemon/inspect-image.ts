import { type GoStruct, goMap, NIL_MAP, NIL_SLICE, struct } from '../template/value';
import type { Image } from './image';
import { rfc3339 } from './time';

/** types.ImageInspect, the members that say something here. */
export function inspectImage(image: Image): GoStruct {
  const exposed = image.exposedPorts.map((port) => [port, struct('struct {}', {})] as const);
  return struct('types.ImageInspect', {
    'ID:Id': `sha256:${image.id}`,
    RepoTags: image.tags,
    RepoDigests: [],
    Parent: '',
    Comment: 'Imported from -',
    Created: rfc3339(image.createdUs),
    Container: '',
    DockerVersion: '20.10.24+dfsg1',
    Author: '',
    Config: struct('container.Config', {
      Hostname: '',
      Domainname: '',
      User: '',
      AttachStdin: false,
      AttachStdout: false,
      AttachStderr: false,
      'ExposedPorts?': exposed.length > 0 ? goMap(exposed) : NIL_MAP,
      Tty: false,
      OpenStdin: false,
      StdinOnce: false,
      Env: image.env.length > 0 ? image.env : NIL_SLICE,
      Cmd: image.cmd,
      Image: '',
      Volumes: NIL_MAP,
      WorkingDir: image.workingDir,
      Entrypoint: image.entrypoint ?? NIL_SLICE,
      OnBuild: NIL_SLICE,
      Labels: NIL_MAP,
    }),
    Architecture: 'amd64',
    Os: 'linux',
    Size: image.sizeBytes,
    VirtualSize: image.sizeBytes,
  });
}
