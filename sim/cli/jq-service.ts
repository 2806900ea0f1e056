import { z } from 'zod';

/** What `sim/userland/jq` asks for: one run of the filter over the whole input. */
const requestSchema = z.object({
  input: z.string(),
  filter: z.string(),
  flags: z.array(z.string()),
});

/** The real jq, compiled to WebAssembly and loaded at its first use. */
export async function jqService(request: unknown): Promise<unknown> {
  const { input, filter, flags } = requestSchema.parse(request);
  const { raw } = await import('jq-wasm');
  return await raw(input, filter, [...flags]);
}
