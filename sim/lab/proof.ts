import type { Driven } from './drive';
import { type Grade, gradeWork } from './grade';
import type { Lab } from './lab-schema';
import { type Variant, variantsOf } from './variant';

export interface ProofScript {
  readonly name: string;
  readonly text: string;
}

/** What has to be proved of a lab. */
export interface ProofInput {
  readonly lab: Lab;
  readonly texts: Readonly<Record<'en' | 'ko', string>>;
  readonly solutions: readonly ProofScript[];
  readonly mutants: readonly ProofScript[];
}

/** One thing that was tried. `problem` is undefined when it holds. */
export interface ProofStep {
  readonly what: string;
  readonly variant: string;
  readonly problem: string | undefined;
}

const variantText = (variant: Variant): string =>
  Object.entries(variant)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ') || '-';

/** Proves a lab, a step at a time: for every variant the empty submission, each solution (twice), each mutant. */
export function* prove(input: ProofInput, onStep: (step: ProofStep) => void): Driven<void> {
  for (const problem of staticProblems(input)) onStep({ what: 'folder', variant: '-', problem });
  for (const [index, variant] of variantsOf(input.lab.yaml).entries()) {
    const step = (what: string, problem: string | undefined): void =>
      onStep({ what, variant: variantText(variant), problem });
    const seed = `proof-${index}`;
    const run = (text: string): Driven<Grade> =>
      gradeWork(input.lab, { kind: 'script', text, seed, variant });
    step('empty', emptyProblem(yield* run('')));
    for (const solution of input.solutions) {
      const first = yield* run(solution.text);
      const problem = solutionProblem(first);
      step(solution.name, problem);
      if (problem) continue;
      const again = yield* run(solution.text);
      const same = JSON.stringify(verdicts(first)) === JSON.stringify(verdicts(again));
      step(`${solution.name} again`, same ? undefined : 'the second run gave another result');
    }
    for (const mutant of input.mutants) {
      step(mutant.name, mutantProblem(mutant, yield* run(mutant.text)));
    }
  }
}

const verdicts = (grade: Grade): unknown =>
  grade.kind === 'graded'
    ? [grade.points, grade.durationUs, grade.checks.map((check) => [check.checkId, check.verdict])]
    : [grade.kind, grade.reason.en];

function emptyProblem(grade: Grade): string | undefined {
  if (grade.kind !== 'graded') return `${grade.kind}: ${grade.reason.en}`;
  const scoring = grade.checks.filter((check) => check.points > 0);
  if (scoring.length === 0) return undefined;
  const ids = scoring.map((check) => check.checkId).join(', ');
  return `points without any work: ${ids} (a check that holds from the start is a guard)`;
}

function solutionProblem(grade: Grade): string | undefined {
  if (grade.kind !== 'graded') return `${grade.kind}: ${grade.reason.en}`;
  const failing = grade.checks.filter((check) => check.verdict !== 'pass');
  if (failing.length === 0) return undefined;
  return failing
    .map((check) => `${check.checkId}: ${check.explanation?.en ?? check.verdict}`)
    .join('; ');
}

/** First line `# fails: check-id, …`: exactly those fail. */
function mutantProblem(mutant: ProofScript, grade: Grade): string | undefined {
  if (grade.kind !== 'graded') return `${grade.kind}: ${grade.reason.en}`;
  const named = (/^#\s*fails:\s*(.*)$/m.exec(mutant.text)?.[1] ?? '')
    .split(/[,\s]+/)
    .filter(Boolean)
    .sort();
  const failing = grade.checks
    .filter((check) => check.verdict !== 'pass')
    .map((check) => check.checkId)
    .sort();
  if (named.length === 0) return 'has no first line "# fails: CHECK-ID, ..."';
  if (named.join() === failing.join()) return undefined;
  return `fails ${failing.join(', ') || 'nothing'}, and not ${named.join(', ')}`;
}

/** What can be said without running: languages, tasks, names that no text mentions. */
function staticProblems(input: ProofInput): readonly string[] {
  const { lab, texts, solutions, mutants } = input;
  const problems: string[] = [];
  const ids = lab.yaml.tasks.map((task) => task.id);
  const checkIds = lab.yaml.tasks.flatMap((task) => task.checks.map((check) => check.id));
  const twice = [...ids, ...checkIds].filter((id, i, all) => all.indexOf(id) !== i);
  if (twice.length > 0) problems.push(`ids used twice: ${[...new Set(twice)].join(', ')}`);
  for (const language of ['en', 'ko'] as const) {
    const tasks = [...texts[language].matchAll(/<Task\s+id="([^"]+)"/g)].map(([, id]) => id);
    if (tasks.join() !== ids.join()) {
      problems.push(
        `text.${language}.mdx has the tasks ${tasks.join(', ') || 'none'}, lab.yaml ${ids.join(', ')}`,
      );
    }
  }
  const placeholders = (text: string): string =>
    [...new Set([...text.matchAll(/\$\{[a-z][\w.()]*\}/g)].map(([whole]) => whole))].sort().join();
  if (placeholders(texts.en) !== placeholders(texts.ko)) {
    problems.push('the two languages use different ${...} placeholders');
  }
  problems.push(...unmentioned(input));
  if (solutions.length === 0) problems.push('no solution');
  if (mutants.length === 0) problems.push('no mutant');
  return problems;
}

/** Addresses and ports of checks that neither text names and the description of the room does not hold. */
function unmentioned({ lab, texts }: ProofInput): readonly string[] {
  const room = JSON.stringify([lab.world, lab.yaml.setup, lab.files]);
  const used = new Set<string>();
  for (const check of lab.yaml.tasks.flatMap((task) => task.checks)) {
    if (!('to' in check)) continue;
    used.add(check.to.ip);
    for (const port of [check.to.tcp, check.to.udp, check.to.http?.port]) {
      if (port !== undefined) used.add(String(port));
    }
  }
  const hidden = (language: 'en' | 'ko'): readonly string[] =>
    [...used].filter((one) => !texts[language].includes(one) && !room.includes(one));
  return (['en', 'ko'] as const).flatMap((language) =>
    hidden(language).map(
      (one) => `a check uses ${one}, which text.${language}.mdx does not mention`,
    ),
  );
}
