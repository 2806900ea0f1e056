import type { Driven } from '@/sim/lab/drive';

/** What answers the engine's `host` waits in a browser, by name. Loaded when first asked for. */
const SERVICES: ReadonlyMap<string, () => Promise<(request: unknown) => Promise<unknown>>> =
  new Map();

/** Runs something of the engine; its clock stands while an asynchronous library is asked. */
export async function drive<T>(driven: Driven<T>): Promise<T> {
  let step = driven.next();
  while (!step.done) {
    for (const { proc, service, request } of step.value) {
      const load = SERVICES.get(service);
      proc.settle(load ? await (await load())(request) : undefined);
    }
    step = driven.next();
  }
  return step.value;
}
