'use client';

import { useTranslations } from 'next-intl';
import type { DeviceView, TopologySnapshot } from '@/sim/lab/topology';

/** The same network as nested lists. */
export function TopologyText({ topology }: { readonly topology: TopologySnapshot }) {
  const t = useTranslations('packets.topology');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <ul tabIndex={0} aria-label={t('title')} className="h-full overflow-auto p-3 text-sm">
      {topology.hosts.map((host) => (
        <li key={host.name} className="mb-3">
          <strong className="font-semibold">
            {t(host.isSwitch ? 'switch' : 'host', { name: host.name })}
          </strong>
          {host.netnses.map((netns) => (
            <div key={netns.id} className="mt-1 ml-3">
              {netns.name !== '' && (
                <span className="text-quiet">
                  {t('netns', { name: netns.name, host: host.name })}
                </span>
              )}
              {netns.forwarding && <span className="text-quiet"> · {t('forwards')}</span>}
              <ul className="ml-3 list-disc pl-3">
                {netns.devices.map((device) => (
                  <li key={device.id}>
                    <DeviceLine device={device} topology={topology} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly device: DeviceView;
  readonly topology: TopologySnapshot;
}

function DeviceLine({ device, topology }: LineProps) {
  const t = useTranslations('packets.topology');
  const link = topology.links.find(({ a, b }) => a === device.id || b === device.id);
  const peer = link && (link.a === device.id ? link.b : link.a);
  const parts = [
    t('device', { name: device.name, kind: device.kind, state: device.state }),
    device.addresses.join(' '),
    device.mac,
    `${t('mtu')} ${device.mtu}`,
    device.master === undefined ? '' : t('port', { bridge: device.master }),
    peer === undefined ? '' : t('linked', { peer }),
  ];
  return parts.filter(Boolean).join(' · ');
}
