'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import {
  categories,
  countsOf,
  type FidelityFilter,
  type FidelityTool,
  filterTools,
  statusNames,
} from './fidelity-filter';
import { StatusLine, ToolDetails } from './fidelity-tool';

/** So few tools left are shown open: the reader has found what was asked for. */
const OPEN_AT_MOST = 6;

const EVERYTHING: FidelityFilter = { text: '', status: 'all', category: 'all' };

const totalOf = (tools: readonly FidelityTool[]) => {
  const total = { simulated: 0, 'says so': 0, unknown: 0, absent: 0 };
  for (const counts of tools.map(countsOf)) {
    for (const status of statusNames) total[status] += counts[status];
  }
  return total;
};

/** All tools with a search, a choice of status and a choice of kind. */
export function FidelityList({ tools }: { readonly tools: readonly FidelityTool[] }) {
  const t = useTranslations('lab.fidelity');
  const [filter, setFilter] = useState(EVERYTHING);
  const deferred = useDeferredValue(filter);
  const shown = useMemo(() => filterTools(tools, deferred), [tools, deferred]);
  const isNarrow = deferred.text !== '' && shown.length <= OPEN_AT_MOST;
  return (
    <>
      <FilterBar filter={filter} onChange={setFilter} />
      <div role="status" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-quiet text-sm">
        <span>{t('toolCount', { count: shown.length })}</span>
        <StatusLine counts={totalOf(shown)} />
      </div>
      <ul className="divide-y divide-line border border-line bg-panel">
        {shown.map((tool) => (
          <li key={tool.name}>
            <ToolDetails tool={tool} isOpen={isNarrow} />
          </li>
        ))}
      </ul>
    </>
  );
}

const FIELD = 'rounded border border-line-strong bg-panel px-3 py-1 min-h-8';

function FilterBar({
  filter,
  onChange,
}: {
  readonly filter: FidelityFilter;
  readonly onChange: (filter: FidelityFilter) => void;
}) {
  const t = useTranslations('lab.fidelity');
  const id = useId();
  return (
    <search className="my-3 flex flex-wrap items-end gap-3 text-sm">
      <label htmlFor={`${id}-text`} className="grid min-w-56 grow gap-1">
        {t('search')}
        <input
          id={`${id}-text`}
          type="search"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
          placeholder={t('searchPlaceholder')}
          spellCheck={false}
          autoComplete="off"
          className={`${FIELD} font-mono`}
        />
      </label>
      <label htmlFor={`${id}-status`} className="grid gap-1">
        {t('status')}
        <select
          id={`${id}-status`}
          value={filter.status}
          onChange={({ target }) =>
            onChange({
              ...filter,
              status: statusNames.find((name) => name === target.value) ?? 'all',
            })
          }
          className={FIELD}
        >
          <option value="all">{t('all')}</option>
          {statusNames.map((name) => (
            <option key={name} value={name}>
              {t(`statuses.${name}`)}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={`${id}-category`} className="grid gap-1">
        {t('category')}
        <select
          id={`${id}-category`}
          value={filter.category}
          onChange={({ target }) =>
            onChange({
              ...filter,
              category: categories.find((name) => name === target.value) ?? 'all',
            })
          }
          className={FIELD}
        >
          <option value="all">{t('all')}</option>
          {categories.map((name) => (
            <option key={name} value={name}>
              {t(`categories.${name}`)}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
