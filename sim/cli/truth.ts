import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { runBashScript } from './bash-script';
import { drive } from './drive';
import { bridgeCase, hostLocalCase } from './truth-cni';

const questionsSchema = z.object({
  kind: z.string(),
  cases: z.array(z.looseObject({ id: z.string().optional(), name: z.string().optional() })),
});
type Question = z.infer<typeof questionsSchema>['cases'][number];

/** How a kind of question is answered: the fields to print besides the id. */
type Answerer = (question: Question) => Promise<Record<string, unknown>>;

const ANSWERERS: ReadonlyMap<string, Answerer> = new Map([
  ['bash/cases', bashCase],
  ['06-cni/host-local', hostLocalCase],
  ['06-cni/bridge-ptp-portmap-real', bridgeCase],
]);

/** `sim truth KIND QUESTIONS.json INPUTS_DIR`: one JSON line a case; one that cannot be answered says why. */
export async function truth(args: readonly string[]): Promise<number> {
  const [kind = '', file] = args;
  if (file === undefined) {
    process.stderr.write('usage: sim truth KIND QUESTIONS.json INPUTS_DIR\n');
    return 2;
  }
  const questions = questionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const answer = ANSWERERS.get(kind);
  for (const question of questions.cases) {
    const id = question.id ?? question.name;
    const said = answer ? await answered(answer, question) : { error: `${kind} is not simulated` };
    process.stdout.write(`${JSON.stringify({ id, ...said })}\n`);
  }
  return 0;
}

async function answered(answer: Answerer, question: Question): Promise<Record<string, unknown>> {
  try {
    return await answer(question);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const bashQuestion = z.object({ script: z.string() });

/** `bash script.sh` in an empty home directory, as truth/bash/README.md says. */
async function bashCase(question: Question): Promise<Record<string, unknown>> {
  const { script } = bashQuestion.parse(question);
  const { stdout, stderr, code } = await drive(runBashScript(script));
  return { stdout, stderr, code: code ?? 'not ended' };
}
