import type { Layer } from './packet-layers';

/** Text and border colours of the layers; the word beside them carries the meaning too. */
export const LAYER_TEXT: Readonly<Record<Layer, string>> = {
  l2: 'text-l2',
  arp: 'text-arp',
  l3: 'text-l3',
  encap: 'text-encap',
  l4: 'text-l4',
  l7: 'text-l7',
};

export const LAYER_BORDER: Readonly<Record<Layer, string>> = {
  l2: 'border-l2',
  arp: 'border-arp',
  l3: 'border-l3',
  encap: 'border-encap',
  l4: 'border-l4',
  l7: 'border-l7',
};
