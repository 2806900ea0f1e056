import { err, ok, type Result } from '../base/result';
import type { Environment } from './filter/identifier';
import { type FilterPacket, PacketView } from './filter/packet-view';
import { FilterParser } from './filter/parser';
import { type FilterError, SYNTAX_ERROR, tokenize } from './filter/token';

export type { Environment } from './filter/identifier';
export type { FilterPacket } from './filter/packet-view';
export type { FilterError } from './filter/token';

/** A compiled filter. */
export interface Filter {
  /**
   * Does the packet pass? Bytes that it asks for beyond the packet's end make it fail, as in BPF.
   */
  matches(packet: FilterPacket): boolean;
}

/**
 * pcap_compile() of libpcap 1.10 for pcap-filter(7). It works on bytes, as BPF does, so that a
 * filter answers the same for a malformed, cut or nested packet as the real one; the words of an
 * error are libpcap's.
 */
export function parseFilter(text: string, env: Environment): Result<Filter, FilterError> {
  const tokens = tokenize(text);
  if ('message' in tokens) return err(tokens);
  const parser = new FilterParser(tokens, env);
  const match = parser.parse();
  if (!match) return err(parser.error ?? SYNTAX_ERROR);
  return ok({
    matches(packet) {
      const view = new PacketView(packet, env.link, env.live);
      return match(view) && !view.outside;
    },
  });
}
