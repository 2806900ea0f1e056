import { type Log, logSchema } from '@/sim/lab/log';

/** A whole sandbox in the part of an address that never leaves the browser: JSON, deflate, base64url. */
const PREFIX = '#s=';
/** Unpacked; a link that would blow up beyond this is refused. */
const MAX_BYTES = 4_000_000;

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > MAX_BYTES) {
      await reader.cancel();
      throw new RangeError('too large');
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts.map((part) => new Uint8Array(part))).arrayBuffer());
}

export async function fragmentOf(log: Log): Promise<string> {
  const packed = await through(
    new TextEncoder().encode(JSON.stringify(log)),
    new CompressionStream('deflate-raw'),
  );
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return PREFIX + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export type SharedLog =
  | { readonly kind: 'none' }
  | { readonly kind: 'log'; readonly log: Log }
  | { readonly kind: 'broken'; readonly text: string };

/** What a link holds; a cut or altered one says so. The log's state hash is checked by the replay. */
export async function logOf(fragment: string): Promise<SharedLog> {
  if (!fragment.startsWith(PREFIX)) return { kind: 'none' };
  try {
    const binary = atob(fragment.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const bytes = await through(packed, new DecompressionStream('deflate-raw'));
    const parsed = logSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (parsed.success) return { kind: 'log', log: parsed.data };
    const issue = parsed.error.issues[0];
    return {
      kind: 'broken',
      text: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    };
  } catch (error) {
    return { kind: 'broken', text: error instanceof Error ? error.message : String(error) };
  }
}
