import type { Client } from './control';
import type { Daemon } from './daemon';
import type { Parser } from './parser';

/** What one command gets: its words, who asks, and where its answer goes. */
export interface Command {
  readonly daemon: Daemon;
  readonly client: Client;
  readonly p: Parser;
  readonly out: string[];
}

export function end({ p }: Command, ...expected: readonly string[]): void {
  if (!p.is('END')) p.unexpected(...(expected.length > 0 ? expected : ['END']));
}

/** cli_access_restricted(). */
export function denied({ client, out }: Command): boolean {
  if (client.restricted) out.push('8007 Access denied');
  return client.restricted;
}
