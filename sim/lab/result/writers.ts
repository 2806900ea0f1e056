import type { CheckResult, Grade } from '../grade';

/** One graded piece of work, as every writer takes it. */
export interface Graded {
  readonly lab: string;
  /** A file or a learner. */
  readonly name: string;
  readonly grade: Grade;
}

export type ResultFormat = 'json' | 'junit' | 'tap' | 'gradescope';
export const RESULT_FORMATS: readonly ResultFormat[] = ['json', 'junit', 'tap', 'gradescope'];

export function writeResults(format: ResultFormat, results: readonly Graded[]): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ schema: 1, results: results.map(jsonResult) }, null, 2)}\n`;
    case 'junit':
      return junit(results);
    case 'tap':
      return tap(results);
    case 'gradescope':
      return gradescope(results);
  }
}

const checksOf = (grade: Grade): readonly CheckResult[] =>
  grade.kind === 'graded' ? grade.checks : [];
const reasonOf = (grade: Grade): string => (grade.kind === 'graded' ? '' : grade.reason.en);

function jsonResult({ lab, name, grade }: Graded): object {
  if (grade.kind !== 'graded') return { lab, name, kind: grade.kind, reason: grade.reason };
  const { checks, ...rest } = grade;
  return { lab, name, ...rest, checks: checks.map(({ events: _events, ...check }) => check) };
}

const xml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

/** JUnit XML: a suite a submission, a test case a check. */
function junit(results: readonly Graded[]): string {
  const suites = results.map(({ lab, name, grade }) => {
    const checks = checksOf(grade);
    const failures = checks.filter((check) => check.verdict !== 'pass').length;
    const cases = checks.map((check) => {
      const open = `    <testcase classname="${xml(`${lab}.${check.taskId}`)}" name="${xml(check.checkId)}"`;
      if (check.verdict === 'pass') return `${open}/>`;
      const message = xml(check.explanation?.en ?? check.verdict);
      return `${open}><failure message="${message}"/></testcase>`;
    });
    if (grade.kind !== 'graded') {
      cases.push(
        `    <testcase classname="${xml(lab)}" name="replay"><error message="${xml(reasonOf(grade))}"/></testcase>`,
      );
    }
    const errors = grade.kind === 'graded' ? 0 : 1;
    return `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}" errors="${errors}">\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

/** TAP 13. */
function tap(results: readonly Graded[]): string {
  const lines: string[] = [];
  const clean = (text: string): string => text.replace(/[\n#]/g, ' ');
  for (const { name, grade } of results) {
    if (grade.kind !== 'graded')
      lines.push(`not ok ${lines.length + 1} - ${clean(name)}: ${clean(reasonOf(grade))}`);
    for (const check of checksOf(grade)) {
      const status = check.verdict === 'pass' ? 'ok' : 'not ok';
      const why = check.explanation ? `: ${clean(check.explanation.en)}` : '';
      lines.push(
        `${status} ${lines.length + 1} - ${clean(name)} ${check.taskId}/${check.checkId}${why}`,
      );
    }
  }
  return `TAP version 13\n1..${lines.length}\n${lines.join('\n')}\n`;
}

/** Gradescope's results.json for one submission (autograder specification). */
function gradescope(results: readonly Graded[]): string {
  const tests = results.flatMap(({ lab, name, grade }) =>
    grade.kind === 'graded'
      ? grade.checks.map((check) => ({
          name: `${lab}: ${check.checkId}`,
          number: check.taskId,
          score: check.points,
          max_score: check.maxPoints,
          status: check.verdict === 'pass' ? 'passed' : 'failed',
          output: check.explanation?.en ?? '',
          visibility:
            check.visibility === 'visible'
              ? 'visible'
              : check.visibility === 'hidden'
                ? 'hidden'
                : 'after_due_date',
        }))
      : [
          {
            name: `${lab}: ${name}`,
            score: 0,
            max_score: 0,
            status: 'failed',
            output: reasonOf(grade),
          },
        ],
  );
  const score = results.reduce(
    (sum, { grade }) => sum + (grade.kind === 'graded' ? grade.points : 0),
    0,
  );
  return `${JSON.stringify({ score, output_format: 'text', stdout_visibility: 'hidden', tests }, null, 2)}\n`;
}
