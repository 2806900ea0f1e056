import { err, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import type { Call } from '../skel';
import { type CniError, fail } from '../types/error';
import { parsePrevResult } from '../types/net-conf';
import type { CniInterface, CniResult } from '../types/result';
import { macOf } from './link';

const NO_INTERFACE: CniInterface = { name: '' };

/** The result of ADD, without which there is nothing to compare. */
export function previous(
  call: Call,
  conf: Parameters<typeof parsePrevResult>[0],
  prefix = '',
): Result<CniResult, CniError> {
  const result = parsePrevResult(conf, call.release);
  if (!result.ok) return fail(result.error);
  return result.value ? ok(result.value) : fail(`${prefix}Required prevResult missing`);
}

/** The interface that ADD made in this container; it must be in the same namespace. */
export function containerInterface(call: Call, result: CniResult): Result<CniInterface, CniError> {
  const found = result.interfaces.filter(
    (one) => one.name === call.ifName && (one.sandbox ?? '') === call.netns,
  );
  const container = found.at(-1) ?? NO_INTERFACE;
  const sandbox = container.sandbox ?? '';
  if (sandbox === call.netns) return ok(container);
  return fail(`Sandbox in prevResult ${sandbox} doesn't match configured netns: ${call.netns}`);
}

/** The container's address is what the result says. */
export function sameMac(
  { name, mac }: CniInterface,
  dev: NetDevice,
  prefix = '',
): { readonly ok: false; readonly error: CniError } | undefined {
  if (!mac || mac === macOf(dev)) return undefined;
  const text = `${prefix}Interface ${name} Mac ${mac} doesn't match container Mac: ${macOf(dev)}`;
  return err(fail(text).error);
}
