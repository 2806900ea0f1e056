import { goQuote } from '../types/error';
import { sha512 } from './sha512';

/** maxChainLength of plugins/pkg/utils: what iptables takes. */
const MAX_CHAIN_LENGTH = 28;

/** MustFormatChainNameWithPrefix(): the chain of one container in one network. */
export const chainName = (network: string, containerId: string, prefix = ''): string =>
  `CNI-${prefix}${sha512(network + containerId)}`.slice(0, MAX_CHAIN_LENGTH);

/** FormatComment(). */
export const chainComment = (network: string, containerId: string): string =>
  `name: ${goQuote(network)} id: ${goQuote(containerId)}`;
