import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { measuredFidelity, sayingCommands, simulatedCommands } from '@/app/_content/fidelity';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lab.fidelity');
  return { title: t('title') };
}

const PERCENT = 100;

export default async function FidelityPage() {
  const t = await getTranslations('lab.fidelity');
  const measured = await measuredFidelity();
  return (
    <main id="main" className="mx-auto max-w-4xl px-4 pt-10 pb-20">
      <h1 className="font-semibold text-2xl">{t('title')}</h1>
      <p className="mt-2 max-w-[62ch] text-lg text-quiet">{t('intro')}</p>
      <h2 className="mt-8 mb-2 font-semibold text-xl">{t('measured')}</h2>
      {measured === null ? (
        <p className="text-quiet">{t('missing')}</p>
      ) : (
        <>
          <p className="mb-2 text-quiet text-sm">{measured.recorded}</p>
          <table className="w-full max-w-xl border border-line bg-panel text-left text-sm">
            <thead className="bg-raised">
              <tr>
                <th className="px-3 py-1.5 font-semibold">{t('area')}</th>
                <th className="px-3 py-1.5 text-right font-semibold">{t('cases')}</th>
                <th className="px-3 py-1.5 text-right font-semibold">{t('exact')}</th>
              </tr>
            </thead>
            <tbody>
              {measured.areas.map(({ area, cases, exact }) => (
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
      )}
      <h2 className="mt-8 mb-2 font-semibold text-xl">{t('tools')}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-1 font-mono text-sm">
        {simulatedCommands().map(({ name, path }) => (
          <li key={path} title={path}>
            {name}
          </li>
        ))}
      </ul>
      <h2 className="mt-8 mb-2 font-semibold text-xl">{t('absent')}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-1 font-mono text-quiet text-sm">
        {sayingCommands().map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </main>
  );
}
