import { Fragment } from 'react';

/** Text in which `backticks` mark code. */
export function InlineCode({ text }: { readonly text: string }) {
  const parts = text.split('`').map((part, index) => ({ part, id: `${index}:${part}` }));
  return parts.map(({ part, id }, index) =>
    index % 2 === 1 ? <code key={id}>{part}</code> : <Fragment key={id}>{part}</Fragment>,
  );
}
