'use client';

import './globals.css';

interface Props {
  readonly reset: () => void;
}

/** When even the frame of the site fails there is no language to speak: it says it in both. */
export default function GlobalError({ reset }: Props) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-20">
          <h1 className="font-semibold text-2xl">The page could not be shown</h1>
          <p lang="ko">페이지를 보여 주지 못했어요. 다시 시도하거나 새로 고치세요.</p>
          <button
            type="button"
            onClick={reset}
            className="rounded border border-accent bg-accent px-3 py-1 text-on-accent"
          >
            Try again · 다시 시도
          </button>
        </main>
      </body>
    </html>
  );
}
