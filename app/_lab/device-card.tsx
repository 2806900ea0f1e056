'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, IconButton } from '@/app/_ui/button';
import type { DeviceView } from '@/sim/lab/topology';
import type { DeviceBox } from './topology-layout';

interface Props {
  readonly box: DeviceBox;
  readonly close: () => void;
  readonly onTerminal?: ((host: string) => void) | undefined;
  readonly onFilter?: ((device: DeviceView) => void) | undefined;
}

/** What `ip addr` would say about the device that is chosen. */
export function DeviceCard({ box, close, onTerminal, onFilter }: Props) {
  const t = useTranslations('packets.topology');
  const { device } = box;
  const facts = [
    [t('addresses'), device.addresses.join('\n') || t('none')],
    [t('mac'), device.mac],
    [t('mtu'), String(device.mtu)],
    [t('state'), device.state],
  ] as const;
  return (
    <section
      aria-label={device.id}
      className="absolute bottom-2 left-2 z-10 max-w-[calc(100%-1rem)] rounded border border-line-strong bg-panel p-3 shadow-(--shadow)"
    >
      <div className="flex items-center gap-3">
        <h3 className="grow font-semibold">
          {device.name} <span className="font-normal text-quiet text-xs">{device.kind}</span>
        </h3>
        <IconButton label={t('close')} onClick={close}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="whitespace-pre-line font-mono text-xs leading-5">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-2 flex flex-wrap gap-2">
        {onTerminal && (
          <Button onClick={() => onTerminal(box.host)}>
            {t('openTerminal', { host: box.host })}
          </Button>
        )}
        {onFilter && device.mac !== '' && (
          <Button onClick={() => onFilter(device)}>{t('filterBy')}</Button>
        )}
      </div>
    </section>
  );
}
