import { startContender } from './contenders/contender.ts';
import { QUESTIONS } from './contenders/questions.ts';
import { median } from './interleaved.ts';
import type { Shape } from './options.ts';
import type { QuestionResult } from './report.ts';
import { takeTurns } from './turns.ts';

/** What each question takes about logits of one shape that are in memory, all by turns in one process. */
export async function measureQuestions(
  shape: Shape,
  threads: number,
  program: string,
  rounds: number,
): Promise<QuestionResult[]> {
  const contender = await startContender(process.execPath, [program, ...shape]);
  try {
    const entrants = QUESTIONS.map((question) => {
      const ask = () =>
        contender.ask({ task: 'question', question, contender: 'smooth-labels', threads, rows: shape[0] });
      return { name: question, question, run: async () => (await ask()).ms };
    });
    for (const { run } of entrants) await run();
    const { times } = await takeTurns(entrants, rounds, Number.POSITIVE_INFINITY);
    return entrants.map((entrant) => ({
      question: entrant.question,
      shape,
      threads,
      medianMs: median(times.get(entrant) ?? []),
    }));
  } finally {
    await contender.stop();
  }
}
