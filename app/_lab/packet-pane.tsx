'use client';

import { useTranslations } from 'next-intl';
import { Journey } from './journey';
import { PacketList } from './packet-list';
import type { Packets } from './use-packets';

/** The list of packets; an open one takes the lower part. */
export function PacketPane({ packets }: { readonly packets: Packets }) {
  const t = useTranslations('packets');
  const { journey } = packets;
  return (
    <section aria-label={t('title')} className="flex h-full min-h-0 flex-col">
      <div className={journey ? 'h-[28%] min-h-24 shrink-0' : 'min-h-0 grow'}>
        <PacketList packets={packets} />
      </div>
      {journey && (
        <div className="min-h-0 grow border-line border-t">
          <Journey
            key={journey.row?.id ?? 'check'}
            title={journey.row ? t('journey', { number: journey.row.number }) : t('journeyOfCheck')}
            summary={journey.row?.summary ?? null}
            stations={journey.stations}
            onStep={packets.onStep}
            close={packets.close}
            move={journey.row ? packets.move : null}
          />
        </div>
      )}
    </section>
  );
}
