import { z } from 'zod';
import type { Lab } from '@/sim/lab/lab-schema';
import { type Log, logSchema } from '@/sim/lab/log';
import { engineVersion } from '@/sim/lab/version';
import { loadDraft } from './draft-store';
import type { SandboxSpec } from './messages';
import { logOf } from './share-link';

export interface Start {
  readonly spec: SandboxSpec;
  /** Where it came from; a shared one is not saved until it is changed. */
  readonly from: 'new' | 'draft' | 'shared';
  /** Revision of the account's draft; 0 without one. */
  readonly revision: number;
  /** Why a shared link could not be opened. */
  readonly broken: string | null;
}

const serverDraft = z.object({ revision: z.number(), log: z.unknown() });

const fits = (log: Log, lab: Lab): boolean =>
  log.lab.slug === lab.slug && log.lab.version === lab.yaml.version && log.engine === engineVersion;

/** A draft of an older lab or engine would replay differently: it is left alone, and a new sandbox starts. */
function fittingLog(value: unknown, lab: Lab): Log | null {
  const parsed = logSchema.safeParse(value);
  return parsed.success && fits(parsed.data, lab) ? parsed.data : null;
}

async function accountDraft(
  lab: Lab,
): Promise<{ readonly log: Log | null; readonly revision: number }> {
  const nothing = { log: null, revision: 0 };
  const response = await fetch(`/api/v1/sandboxes/${lab.slug}`).catch(() => null);
  if (!response?.ok) return nothing;
  const draft = serverDraft.safeParse(await response.json());
  if (!draft.success) return nothing;
  return { log: fittingLog(draft.data.log, lab), revision: draft.data.revision };
}

/** The longer of two stories of one seed is the later one. */
const later = (a: Log | null, b: Log | null): Log | null => {
  if (a === null || b === null) return a ?? b;
  return a.seed === b.seed && a.endEvents > b.endEvents ? a : b;
};

/** A sandbox to begin with: from the link, from a draft, or new with a seed of its own. */
export async function findStart(lab: Lab, userId: string | null): Promise<Start> {
  const fresh = (broken: string | null): Start => ({
    spec: { lab, seed: crypto.randomUUID(), log: null, untilUs: null },
    from: 'new',
    revision: 0,
    broken,
  });
  const shared = await logOf(window.location.hash);
  if (shared.kind === 'broken') return fresh(shared.text);
  if (shared.kind === 'log') {
    const { log } = shared;
    if (!fits(log, lab)) return fresh(`${log.lab.slug} v${log.lab.version}, engine ${log.engine}`);
    return {
      spec: { lab, seed: log.seed, log, untilUs: null },
      from: 'shared',
      revision: 0,
      broken: null,
    };
  }
  const local = await loadDraft(userId, lab.slug).catch(() => null);
  // Somebody who has just signed in: a guest's work may still be on its way into the account.
  const guest = userId === null ? null : await loadDraft(null, lab.slug).catch(() => null);
  const account = userId === null ? { log: null, revision: 0 } : await accountDraft(lab);
  const log = later(fittingLog(local?.log, lab), account.log) ?? fittingLog(guest?.log, lab);
  if (log === null) return { ...fresh(null), revision: account.revision };
  const spec = { lab, seed: log.seed, log, untilUs: null };
  return { spec, from: 'draft', revision: account.revision, broken: null };
}
