import { clearGuestDrafts, guestDrafts } from '@/app/_lab/draft-store';
import { clearGuestProgress, readGuestProgress } from './guest-progress';

/** Moves what a guest did in this browser into the account that is signed in; forgets it once stored. */
export async function importGuest(): Promise<void> {
  const progress = readGuestProgress();
  const sandboxes = await guestDrafts();
  if (progress.lessons.length + progress.quiz.length + sandboxes.length === 0) return;
  const response = await fetch('/api/v1/progress/import', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...progress, sandboxes }),
  });
  if (!response.ok) return;
  clearGuestProgress();
  await clearGuestDrafts();
}
