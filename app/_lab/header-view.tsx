'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LAYER_BORDER, LAYER_TEXT } from './layer-look';
import type { Header } from './packet-layers';

interface Props {
  readonly headers: readonly Header[];
  readonly bytes: readonly string[];
}

/** The headers from the outside in; the chosen one shows its fields and marks its bytes. */
export function HeaderView({ headers, bytes }: Props) {
  const t = useTranslations('packets');
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, headers.length - 1);
  const header = headers[at];
  if (!header) return null;
  return (
    <div className="mt-3">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t('headers')}</legend>
        {headers.map((candidate, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: headers are told apart by their depth
            key={index}
            type="button"
            aria-pressed={index === at}
            onClick={() => setChosen(index)}
            className={`rounded border-2 px-2 py-0.5 text-xs ${LAYER_BORDER[candidate.layer]} ${LAYER_TEXT[candidate.layer]} ${index === at ? 'bg-raised font-semibold' : 'bg-panel'}`}
          >
            {candidate.protocol}
          </button>
        ))}
      </fieldset>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 font-mono text-xs">
        {header.fields.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-quiet text-xs">{t('bytes')}</p>
      <p className="break-all font-mono text-quiet text-xs leading-5">
        {bytes.slice(0, header.from).join(' ')}{' '}
        <mark className={`bg-raised font-semibold ${LAYER_TEXT[header.layer]}`}>
          {bytes.slice(header.from, header.to).join(' ')}
        </mark>{' '}
        {bytes.slice(header.to).join(' ')}
      </p>
    </div>
  );
}
