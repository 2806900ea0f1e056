import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import {
  fidelityTools,
  knownDifferences,
  measuredParity,
  type Parity,
} from '@/app/_content/fidelity';
import { FidelityList } from '@/app/_content/fidelity-list';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lab.fidelity');
  return { title: t('title') };
}

const PERCENT = 100;

export default async function FidelityPage() {
  const t = await getTranslations('lab.fidelity');
  const [tools, parity, differences] = await Promise.all([
    fidelityTools(),
    measuredParity(),
    knownDifferences(),
  ]);
  return (
    <main id="main" className="mx-auto max-w-4xl px-4 pt-10 pb-20">
      <h1 className="font-semibold text-2xl">{t('title')}</h1>
      <p className="mt-2 max-w-[62ch] text-lg text-quiet">{t('intro')}</p>
      <h2 className="mt-8 mb-2 font-semibold text-xl">{t('tools')}</h2>
      <p className="max-w-[72ch] text-quiet">{t('saysSo')}</p>
      {tools.length === 0 ? (
        <p className="text-quiet">{t('missing')}</p>
      ) : (
        <FidelityList tools={tools} />
      )}
      <h2 className="mt-8 mb-2 font-semibold text-xl">{t('measured')}</h2>
      {parity === null ? (
        <p className="text-quiet">{t('missing')}</p>
      ) : (
        <ParityTable parity={parity} />
      )}
      {differences.length > 0 && (
        <>
          <h2 className="mt-8 mb-2 font-semibold text-xl">{t('differences')}</h2>
          <dl className="grid max-w-[72ch] gap-2 text-sm">
            {differences.map(([command, reason]) => (
              <div key={command}>
                <dt className="break-words font-mono">{command}</dt>
                <dd className="text-quiet" lang="en">
                  {reason}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </main>
  );
}

async function ParityTable({ parity }: { readonly parity: Parity }) {
  const t = await getTranslations('lab.fidelity');
  return (
    <>
      <p className="mb-2 text-quiet text-sm">{parity.recorded}</p>
      <table className="w-full max-w-xl border border-line bg-panel text-left text-sm">
        <thead className="bg-raised">
          <tr>
            <th className="px-3 py-1.5 font-semibold">{t('area')}</th>
            <th className="px-3 py-1.5 text-right font-semibold">{t('cases')}</th>
            <th className="px-3 py-1.5 text-right font-semibold">{t('exact')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(parity.areas).map(([area, { cases, exact }]) => (
            <tr key={area} className="border-line border-t">
              <td className="px-3 py-1.5 font-mono">{area}</td>
              <td className="px-3 py-1.5 text-right tabular-nums">{cases}</td>
              <td className="px-3 py-1.5 text-right tabular-nums">
                {((exact / cases) * PERCENT).toFixed(1)} %
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
