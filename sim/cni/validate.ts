import {
  type CniError,
  cniError,
  ERR_INVALID_ENVIRONMENT_VARIABLES,
  ERR_INVALID_NETWORK_CONFIG,
  ERR_UNKNOWN_CONTAINER,
} from './types/error';

/** cniReg of pkg/utils. */
const VALID_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
const MAX_INTERFACE_NAME = 15;

export function validateContainerId(id: string): CniError | undefined {
  if (id === '') return cniError(ERR_UNKNOWN_CONTAINER, 'missing containerID');
  if (VALID_NAME.test(id)) return undefined;
  return cniError(ERR_INVALID_ENVIRONMENT_VARIABLES, 'invalid characters in containerID', id);
}

export function validateNetworkName(name: string): CniError | undefined {
  if (name === '') return cniError(ERR_INVALID_NETWORK_CONFIG, 'missing network name:');
  if (VALID_NAME.test(name)) return undefined;
  return cniError(ERR_INVALID_NETWORK_CONFIG, 'invalid characters found in network name', name);
}

/** As dev_valid_name(), net/core/dev.c. */
export function validateInterfaceName(name: string): CniError | undefined {
  const wrong = (msg: string, details = ''): CniError =>
    cniError(ERR_INVALID_ENVIRONMENT_VARIABLES, msg, details);
  if (name === '') return wrong('interface name is empty');
  if (name.length > MAX_INTERFACE_NAME) {
    const details = `interface name should be less than ${MAX_INTERFACE_NAME + 1} characters`;
    return wrong('interface name is too long', details);
  }
  if (name === '.' || name === '..') return wrong('interface name is . or ..');
  if (!/[/:\s]/.test(name)) return undefined;
  return wrong('interface name contains / or : or whitespace characters');
}
