import { shapeName } from './columns.ts';
import { QUESTIONS, type Question } from './contenders/questions.ts';
import { duration, ratio, table } from './markdown.ts';
import type { Shape } from './options.ts';
import type { QuestionResult } from './report.ts';

/** How many times as long as the loss each question takes; undefined if none was asked. */
export function questionsTable(results: readonly QuestionResult[]): string | undefined {
  if (results.length === 0) return undefined;
  const columns = new Map(
    results.map(({ shape, threads }) => [`${shapeName(shape)}, ${threads}T`, { shape, threads }]),
  );
  const takes = (question: Question, shape: Shape, threads: number) =>
    results.find(
      (each) => each.question === question && each.shape.join() === shape.join() && each.threads === threads,
    )?.medianMs;
  return table(
    ['question ÷ loss', ...columns.keys()],
    QUESTIONS.map((question) => [
      question === 'loss' ? 'the loss itself, ms' : question,
      ...Array.from(columns.values(), ({ shape, threads }) =>
        question === 'loss'
          ? duration(takes(question, shape, threads))
          : ratio(takes(question, shape, threads), takes('loss', shape, threads)),
      ),
    ]),
  );
}
