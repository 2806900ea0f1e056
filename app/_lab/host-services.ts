import { packageService } from '@/sim/cli/package-service';
import type { Driven } from '@/sim/lab/drive';
import type { HostRequest } from '@/sim/linux/host';

/** What answers the engine's `host` waits in a browser, by name. Loaded when first asked for. */
const SERVICES: ReadonlyMap<string, () => Promise<(request: unknown) => Promise<unknown>>> =
  new Map<string, () => Promise<(request: unknown) => Promise<unknown>>>([
    ['jq', async () => (await import('@/sim/cli/jq-service')).jqService],
    ['package', async () => packageService],
  ]);

/** Asks the libraries and hands the answers in; a name that nobody knows gets none. */
export async function settle(requests: readonly HostRequest[]): Promise<void> {
  for (const { proc, service, request } of requests) {
    const load = SERVICES.get(service);
    proc.settle(load ? await (await load())(request) : undefined);
  }
}

/** Runs something of the engine; its clock stands while an asynchronous library is asked. */
export async function drive<T>(driven: Driven<T>): Promise<T> {
  let step = driven.next();
  while (!step.done) {
    await settle(step.value);
    step = driven.next();
  }
  return step.value;
}
