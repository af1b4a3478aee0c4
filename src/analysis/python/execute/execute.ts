import type { Work } from '../../../loss/work.ts';
import type { PythonSource } from './code/pythonSource.ts';
import type { Execution } from './execution.ts';
import { readFound } from './probe/read.ts';
import { SiteError } from './probe/trial/givenTo.ts';
import { isEnding, Runs } from './probe/trial/sample.ts';
import { findWay, type Met } from './probe/ways.ts';
import type { ExecutionQuestion } from './question.ts';
import { RaisedError, StopError, UncallableError, UninitializedError } from './run/endings.ts';

/** The K that is tried first. */
const CLASSES = 3;
const ALPHA = 0.1;
/** Integers of a definition that are tried as its K. */
const MOST_CANDIDATES = 5;

/**
 * Executes a loss, or a maker of targets, as Python would, with random logits, and reads from the results what its targets
 * are. Yields between runs, each of which takes a few milliseconds at most. Never throws for what is written in a source.
 */
export function* execute(question: ExecutionQuestion, runs = new Runs(question)): Work<Execution> {
  const met: Met = { stopped: undefined, last: undefined, raised: undefined, ran: false };
  try {
    for (const classes of [CLASSES, ...literalClasses(question)]) {
      const execution = yield* readAnyWay(runs, classes, met);
      if (execution) return execution;
      // A K that is written into it raises with another; what stops doesn't depend on K.
      if (met.stopped || (met.ran && !met.raised)) break;
    }
    return ended(question, met);
  } catch (error) {
    if (!isEnding(error)) throw error;
    return ended(question, met, error);
  }
}

function* readAnyWay(runs: Runs, classes: number, met: Met): Work<Execution | null> {
  const found = yield* findWay(runs, classes, ALPHA, met);
  if (found?.setup.way.labels !== 'oneHot') return found && (yield* readFound(runs, found));
  try {
    return yield* readFound(runs, found);
  } catch (error) {
    if (!(error instanceof StopError) || error.reason !== 'other') throw error;
    // Zeros and ones of rows can be taken for classes, too: where labels are expected as a column.
    const other = yield* findWay(runs, classes, ALPHA, met, found.setup.way);
    if (!other) throw error;
    return yield* readFound(runs, other);
  }
}

/** Integers that could be a number of classes, and lengths of lists of numbers: α by class. */
function literalClasses({ source, node }: ExecutionQuestion): number[] {
  const text = source.text.slice(node.from, Math.min(node.to, node.from + 20_000));
  const integers = [...text.matchAll(/(?<![\w.])\d{1,3}(?![\w.])/g)].map(([digits]) => Number(digits));
  const lengths = [...text.matchAll(/\[[\d\s.,-]+\]/g)].map(([list]) => list.split(/\d,/).length);
  const found = [...lengths, ...integers];
  return [...new Set(found)].filter((k) => k > CLASSES && k <= 200).slice(0, MOST_CANDIDATES);
}

function ended(question: ExecutionQuestion, met: Met, error?: StopError | RaisedError): Execution {
  const { source, node } = question;
  if (error instanceof SiteError)
    return {
      kind: 'fails',
      at: { from: node.from, to: node.to },
      source,
      error: error.type,
      message: error.message,
    };
  const stop = error instanceof StopError ? error : met.stopped;
  if (stop) {
    return {
      kind: 'stopped',
      at: { from: stop.at.from, to: stop.at.to },
      source: stop.source ?? source,
      reason: stop.reason,
      what: stop.what,
      ...(stop instanceof UncallableError && { isUncallable: true as const }),
    };
  }
  const raised = error instanceof RaisedError ? error : met.raised;
  if (raised && !(met.ran && !error)) {
    const { at, source: from } = raised.from ?? { at: { from: node.from, to: node.to }, source };
    // A name that is used before it's set raises however it's called, unless there's a branch that sets it.
    const always =
      raised instanceof UninitializedError ||
      (raised.type === 'UnboundLocalError' && isFirstUse(raised.message, from, at.from));
    if (always) return { kind: 'fails', at, source: from, error: raised.type, message: raised.message };
    return { kind: 'stopped', at, source: from, reason: 'raises', what: `${raised.type}: ${raised.message}` };
  }
  return { kind: 'stopped', at: { from: node.from, to: node.to }, source, reason: 'other', what: '' };
}

/** The name of the message doesn't stand in the function before this offset, comments aside. */
function isFirstUse(message: string, { text, top }: PythonSource, offset: number): boolean {
  const [, name = ''] = /'(\w+)'/.exec(message) ?? [];
  const start = Math.max(0, text.lastIndexOf('def ', offset), text.lastIndexOf('lambda', offset));
  let isFirst = name !== '';
  top.cursor().iterate((each) => {
    if (each.to <= start || each.from >= offset) return false;
    if (each.name === 'VariableName' && text.slice(each.from, each.to) === name) isFirst = false;
    return isFirst;
  });
  return isFirst;
}
