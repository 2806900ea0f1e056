import { contentDir } from '../cli/content-dir';
import { drive } from '../cli/drive';
import { readAllLabs } from '../cli/lab-folder';
import { gradeWork } from '../lab/grade';
import { type Row, row } from './row';

/** Replay and grade of each lab's first solution: the 50th and 95th percentile over 20 runs each. */
export async function replayGradeRows(): Promise<readonly Row[]> {
  const times: number[] = [];
  for (const { lab, solutions } of readAllLabs(contentDir()).labs.values()) {
    const [solution] = solutions;
    if (!solution) continue;
    for (let i = 0; i < 20; i++) {
      const seed = `bench-${i}`;
      const from = performance.now();
      await drive(gradeWork(lab, { kind: 'script', text: solution.text, seed }));
      times.push(performance.now() - from);
    }
  }
  times.sort((a, b) => a - b);
  const at = (p: number): number => times[Math.floor(p * (times.length - 1))] ?? 0;
  return [
    row('replay and grade, median', at(0.5), 'ms'),
    row('replay and grade, p95', at(0.95), 'ms'),
  ];
}
