import { Info, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Cmd } from './cmd';
import { LiveWorld } from './live-world';
import { Predict } from './predict';
import { Recall } from './recall';

interface NoteProps {
  readonly kind?: 'info' | 'warn';
  readonly children: ReactNode;
}

function Note({ kind = 'info', children }: NoteProps) {
  const t = useTranslations('lesson.note');
  const Icon = kind === 'warn' ? TriangleAlert : Info;
  return (
    <aside
      aria-label={t(kind)}
      className={`flex gap-3 rounded border px-4 py-3 text-base ${kind === 'warn' ? 'border-warn bg-warn-soft' : 'border-line bg-raised'}`}
    >
      <Icon
        size={18}
        aria-hidden
        className={`mt-0.5 shrink-0 ${kind === 'warn' ? 'text-warn' : 'text-accent'}`}
      />
      <div className="min-w-0">{children}</div>
    </aside>
  );
}

interface FigureProps {
  readonly caption: string;
  readonly children: ReactNode;
}

const Figure = ({ caption, children }: FigureProps) => (
  <figure>
    {children}
    <figcaption className="mt-1 text-quiet text-sm">{caption}</figcaption>
  </figure>
);

/** A code block scrolls sideways, so it takes the focus. */
const Pre = (props: { readonly children?: ReactNode; readonly className?: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
  <pre tabIndex={0} {...props} />
);

/** What the MDX of a lesson may use; `MDX_COMPONENTS` in mdx-plugins.ts has the names. */
export const lessonComponents = { Note, Cmd, Predict, Recall, LiveWorld, Figure, pre: Pre };

/** What the instructions of a lab may use besides `Task` and `Var`, which the lab's page brings. */
export const textComponents = { Note, Cmd, Figure, pre: Pre };
