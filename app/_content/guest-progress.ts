import { z } from 'zod';

/** Shared with the API: what POST /api/v1/progress/import takes, but for the drafts of labs. */
const schema = z.object({
  lessons: z.array(z.object({ lesson: z.string(), status: z.enum(['started', 'done']) })),
  quiz: z.array(
    z.object({
      lesson: z.string(),
      question: z.string(),
      answer: z.string(),
      correct: z.boolean(),
    }),
  ),
});
export type GuestProgress = z.infer<typeof schema>;
export type GuestLesson = GuestProgress['lessons'][number];
export type GuestAnswer = GuestProgress['quiz'][number];

const KEY = 'hopwise.guest-progress';
const NOTHING: GuestProgress = { lessons: [], quiz: [] };

/** Progress of somebody without an account, as this browser keeps it. Broken text counts as none. */
export function readGuestProgress(): GuestProgress {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? NOTHING : schema.catch(NOTHING).parse(JSON.parse(text));
  } catch {
    return NOTHING; // storage is switched off, or holds no JSON
  }
}

function write(progress: GuestProgress): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // storage is switched off or full: a guest's progress then lasts as long as the page
  }
}

/** A lesson that is done stays done. */
export function saveGuestLesson(lesson: GuestLesson): void {
  const { lessons, quiz } = readGuestProgress();
  const known = lessons.find((entry) => entry.lesson === lesson.lesson);
  if (known?.status === 'done') return;
  const others = lessons.filter((entry) => entry.lesson !== lesson.lesson);
  write({ quiz, lessons: [...others, lesson] });
}

/** The first answer is the prediction: it stays. */
export function saveGuestAnswer(answer: GuestAnswer): void {
  const { lessons, quiz } = readGuestProgress();
  const isKnown = quiz.some(
    (entry) => entry.lesson === answer.lesson && entry.question === answer.question,
  );
  if (!isKnown) write({ lessons, quiz: [...quiz, answer] });
}

export function clearGuestProgress(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // storage is switched off: there is nothing to remove
  }
}
