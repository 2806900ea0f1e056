'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import {
  countsOf,
  type FidelityKind,
  type FidelityTool,
  type StatusName,
  statusNames,
} from './fidelity-filter';

const LOOK: Readonly<Record<StatusName, string>> = {
  simulated: 'text-ok',
  'says so': 'text-warn',
  unknown: 'text-fail',
  absent: 'text-quiet',
};

/** How many names have each status; zeros are left out. */
export function StatusLine({ counts }: { readonly counts: Readonly<Record<StatusName, number>> }) {
  const t = useTranslations('lab.fidelity');
  return statusNames
    .filter((status) => counts[status] > 0)
    .map((status) => (
      <span key={status} className={`tabular-nums ${LOOK[status]}`}>
        {t(`counts.${status}`, { count: counts[status] })}
      </span>
    ));
}

/** One tool: closed it is a line of figures, open it lists names. */
export function ToolDetails({
  tool,
  isOpen,
}: {
  readonly tool: FidelityTool;
  readonly isOpen: boolean;
}) {
  const t = useTranslations('lab.fidelity');
  const heading = (
    <>
      <span className="font-mono font-semibold">{tool.name}</span>
      {tool.package !== '' && (
        <span className="text-quiet">
          {tool.package} {tool.version}
        </span>
      )}
    </>
  );
  if (tool.kinds.length === 0) {
    return (
      <div className="flex flex-wrap items-baseline gap-x-4 py-1.5 pr-3 pl-8 text-sm">
        {heading}
        <span className={LOOK[tool.status]}>{t(`statuses.${tool.status}`)}</span>
      </div>
    );
  }
  return (
    <details open={isOpen} className="group text-sm">
      <summary className="flex cursor-pointer list-none flex-wrap items-baseline gap-x-4 px-3 py-1.5 hover:bg-raised">
        <ChevronRight
          size={14}
          aria-hidden
          className="-mr-3 shrink-0 self-center text-quiet transition-transform group-open:rotate-90"
        />
        {heading}
        <StatusLine counts={countsOf(tool)} />
      </summary>
      <dl className="grid gap-3 border-line border-t px-8 py-3">
        {tool.kinds.map((kind) => (
          <KindNames key={kind.kind} kind={kind} />
        ))}
      </dl>
    </details>
  );
}

function KindNames({ kind: { kind, names } }: { readonly kind: FidelityKind }) {
  const t = useTranslations('lab.fidelity');
  return (
    <div>
      <dt className="font-semibold">{kind}</dt>
      {statusNames.map((status) => {
        const found = names[status];
        return (
          found && (
            <dd key={status} className="mt-1 grid gap-x-3 sm:grid-cols-[8rem_1fr]">
              <span className={LOOK[status]}>{t(`statuses.${status}`)}</span>
              <code className="break-words text-xs leading-relaxed">{found.join(' · ')}</code>
            </dd>
          )
        );
      })}
    </div>
  );
}
