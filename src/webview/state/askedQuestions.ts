import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from './page.ts';
import type { Remembered } from './rememberedAnswers.ts';
import type { Job } from './runningJobs.ts';

/**
 * A figure that isn't the page's own: the answer to exactly the question that is asked now, or why there's none. The answer to
 * an earlier question is never shown in its place.
 */
export type Asked<T> =
  /** `fraction`: how far it is, 0…1; undefined until that's known. */
  | { readonly state: 'pending'; readonly fraction: number | undefined }
  | { readonly state: 'answered'; readonly value: T }
  /** It was given up by whoever looks at the panel. */
  | { readonly state: 'stopped' }
  | { readonly state: 'failed' };

/** Questions by what they depend on: as long as a key stays the answer does, with another one it's another question. */
type AskedQuestions<T> = ReadonlyMap<string, (job: string) => Promise<T>>;

export interface Asking {
  /** Gives up what is pending. */
  readonly stop: () => void;
  /** Asks once more for what was given up, or failed. */
  readonly again: () => void;
}

interface AllAsked<T> extends Asking {
  readonly of: (key: string) => Asked<T>;
  /** Of all questions together: pending as long as one is. */
  readonly overall: Asked<undefined>;
}

const PENDING = { state: 'pending', fraction: undefined } as const;

/** Asks each question once, as long as it's among the questions; those that are no longer are given up. */
export function useAllAsked<T>(questions: AskedQuestions<T>): AllAsked<T> {
  const page = usePage();
  const [answers, setAnswers] = useState<ReadonlyMap<string, Asked<T>>>(new Map());
  const [attempt, setAttempt] = useState(0);
  const running = useRef(new Map<string, Job>());
  const put = (key: string, asked: Asked<T>) => setAnswers((before) => new Map(before).set(key, asked));
  useEffect(() => {
    const jobs = running.current;
    for (const [key, job] of jobs) {
      if (questions.has(key)) continue;
      jobs.delete(key);
      job.stop();
    }
    setAnswers((before) => {
      const stillAsked = [...before].filter(([key]) => questions.has(key));
      return stillAsked.length === before.size ? before : new Map(stillAsked);
    });
    for (const [key, ask] of questions) {
      if (jobs.has(key) || answers.has(key)) continue;
      const job = page.jobs.start((fraction) => put(key, { state: 'pending', fraction }));
      jobs.set(key, job);
      const end = (asked: Asked<T>) => {
        // Nobody waits any more, or it was given up.
        if (jobs.get(key) !== job) return;
        jobs.delete(key);
        job.end();
        put(key, asked);
      };
      ask(job.name).then(
        (value) => end({ state: 'answered', value }),
        () => end({ state: 'failed' }),
      );
    }
  }, [[...questions.keys()].join('\n'), attempt]);
  useEffect(
    () => () => {
      for (const job of running.current.values()) job.stop();
      running.current.clear();
    },
    [],
  );
  const of = (key: string) => answers.get(key) ?? PENDING;
  return {
    of,
    overall: together([...questions.keys()].map(of)),
    stop: () => {
      for (const [key, job] of running.current) {
        job.stop();
        put(key, { state: 'stopped' });
      }
      running.current.clear();
    },
    again: () => {
      setAnswers((before) => new Map([...before].filter(([, { state }]) => state === 'answered')));
      setAttempt((count) => count + 1);
    },
  };
}

/** Several answers as one that is there once all are. */
export function together(all: readonly Asked<unknown>[]): Asked<undefined> {
  if (all.some(({ state }) => state === 'pending')) {
    const done = all.reduce((sum, each) => sum + (each.state === 'pending' ? (each.fraction ?? 0) : 1), 0);
    return { state: 'pending', fraction: done / all.length };
  }
  const without = all.find(({ state }) => state !== 'answered');
  return without?.state === 'stopped' || without?.state === 'failed'
    ? without
    : { state: 'answered', value: undefined };
}

/** Asks one question. `key` says what it depends on; without one nothing is asked. */
export function useAsked<T>(
  remembered: Remembered<T>,
  key: string | undefined,
  ask: (job: string) => Promise<T>,
): Asking & { readonly asked: Asked<T> } {
  const known = remembered.last?.key === key ? remembered.last : undefined;
  const question = async (job: string) => {
    const value = await ask(job);
    if (key !== undefined) remembered.last = { key, value };
    return value;
  };
  const { of, stop, again } = useAllAsked<T>(
    new Map(key === undefined || known ? [] : [[key, question] as const]),
  );
  if (known) return { stop, again, asked: { state: 'answered', value: known.value } };
  return { stop, again, asked: key === undefined ? PENDING : of(key) };
}

/** The answer, once it's here. */
export function answerOf<T>(asked: Asked<T>): T | undefined {
  return asked.state === 'answered' ? asked.value : undefined;
}
