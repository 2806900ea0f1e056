'use client';

import { fill } from '@/sim/lab/variant';
import { useLabContext } from './lab-context';

/** `${name}` of a lab's text: the value that this sandbox's seed drew. */
export function Variable({ name }: { readonly name: string }) {
  const { variant } = useLabContext();
  const filled = fill(`\${${name}}`, variant);
  return <span>{filled.ok && !filled.value.startsWith('${') ? filled.value : '…'}</span>;
}
