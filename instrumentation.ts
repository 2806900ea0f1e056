/** Next calls this once when a server process starts. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { resumeGrading } = await import('./app/_server/grading/grader');
  resumeGrading().catch((error: unknown) => console.error('queued submissions wait', error));
}
