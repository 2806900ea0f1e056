import type { Driven } from '../lab/drive';
import { jqService } from './jq-service';
import { packageService } from './package-service';

/** What answers `host` waits, by name: the asynchronous libraries that the engine itself does not touch. */
const SERVICES: ReadonlyMap<string, (request: unknown) => Promise<unknown>> = new Map([
  ['jq', jqService],
  ['package', packageService],
]);

/** Runs something that may need outside answers, in Node or in a browser's worker. */
export async function drive<T>(driven: Driven<T>): Promise<T> {
  let step = driven.next();
  while (!step.done) {
    for (const { proc, service, request } of step.value) {
      const answer = SERVICES.get(service);
      proc.settle(answer ? await answer(request) : undefined);
    }
    step = driven.next();
  }
  return step.value;
}
