import { getTranslations } from 'next-intl/server';
import { freeLab } from '@/app/_lab/free-lab';
import { LivePicture } from '@/app/_lab/live-picture';
import { findWorld } from './labs';

interface Props {
  readonly id: string;
  /** File of `content/worlds/`. */
  readonly world: string;
  /** Run before the learner looks, unseen. */
  readonly setup?: readonly { readonly on: string; readonly run: string }[];
  /** What "run it" runs, and where. */
  readonly on: string;
  readonly run: string;
  readonly caption: string;
}

/** A small world that lives in a lesson: its picture, a command, and the packets that it sends. */
export async function LiveWorld({ id, world, setup = [], on, run, caption }: Props) {
  const t = await getTranslations('lesson.live');
  const spec = findWorld(world);
  if (!spec) {
    return (
      <p className="rounded border border-line bg-panel px-4 py-3 text-quiet">
        {t('failed', { text: world })}
      </p>
    );
  }
  const lab = freeLab({
    slug: `live-${id}`.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    title: { en: caption, ko: caption },
    world: spec,
    setup,
  });
  return <LivePicture lab={lab} on={on} run={run} caption={caption} />;
}
