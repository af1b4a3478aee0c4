import type { SyntaxNode } from '@lezer/common';
import type { Work } from '../../../loss/work.ts';
import type { Resolver } from '../values/resolver.ts';
import { moduleCodeOf } from './code/moduleCode.ts';
import type { CodeSpan, PythonSource } from './code/pythonSource.ts';
import { execute } from './execute.ts';
import type { Execution } from './execution.ts';
import type { ExecutionBudget } from './executionBudget.ts';
import { Runs } from './probe/trial/sample.ts';
import type { ExecutionQuestion, SiteArgument } from './question.ts';

/** Executions that are remembered, of all documents. */
const MOST_REMEMBERED = 256;
/** Characters of a definition, and of an argument, that are compared as they're written. */
const LONGEST_DEFINITION = 20_000;
const LONGEST_ARGUMENT = 200;

/** What came of executing a text, with what else of its module it looked at. */
interface Remembered {
  readonly execution: Execution;
  readonly question: ExecutionQuestion;
  /** Names of the module, each with the statements that set it, as they're written. */
  readonly consulted: readonly (readonly [name: string, text: string])[];
}

/** By the definition's text and what it's given: after an edit elsewhere it's still known. The oldest come first. */
const byText = new Map<string, Remembered>();

/** What depends on other files, or on other cells: known as long as those are. */
interface OfOthers {
  /** Of the cells. */
  readonly version: number;
  readonly executions: Map<string, Remembered>;
}

const ofOthers = new WeakMap<Resolver, OfOthers>();

/** What is known already; undefined where it has to be executed. */
export function rememberedExecution(question: ExecutionQuestion, resolver: Resolver): Execution | undefined {
  const key = keyOf(question);
  if (key === null) return undefined;
  const others = othersOf(resolver).executions.get(key) ?? othersOf(resolver).executions.get(ofAny(question));
  if (others && others.question.source === question.source) return others.execution;
  const known = byText.get(key) ?? byText.get(ofAny(question));
  if (!known || !isSameModule(known, question)) return undefined;
  return moved(known, question) ?? undefined;
}

/** Executes it, or remembers what came of the same text with the same arguments. */
export function* executeOnce(
  question: ExecutionQuestion,
  resolver: Resolver,
  budget: ExecutionBudget,
): Work<Execution> {
  const known = rememberedExecution(question, resolver);
  if (known) return known;
  const runs = new Runs(question);
  const execution = yield* execute(question, runs);
  budget.spend(runs.spent);
  const asked = keyOf(question);
  if (asked === null) return execution;
  // What can't be called is none, whatever it's given.
  const key = execution.kind === 'stopped' && execution.isUncallable ? ofAny(question) : asked;
  const names = [...(runs.consulted.get(question.source) ?? [])];
  const consulted = names.map((name) => [name, settingText(question.source, name)] as const);
  const remembered = { execution, question, consulted };
  if (runs.hasAskedOthers) othersOf(resolver).executions.set(key, remembered);
  else {
    byText.set(key, remembered);
    for (const oldest of byText.keys()) {
      if (byText.size <= MOST_REMEMBERED) break;
      byText.delete(oldest);
    }
  }
  return execution;
}

function othersOf(resolver: Resolver): OfOthers {
  const { version } = resolver.cells;
  const known = ofOthers.get(resolver);
  if (known?.version === version) return known;
  const fresh = { version, executions: new Map<string, Remembered>() };
  ofOthers.set(resolver, fresh);
  return fresh;
}

/** Equal for questions of equal answers, if the modules are equal; null where that can't be told from texts. */
function keyOf({
  source,
  node,
  given,
  alphaParameter,
  classesParameter,
  alpha,
  classes,
  cells,
}: ExecutionQuestion): string | null {
  const { from, to } = outermost(node);
  if (to - from > LONGEST_DEFINITION) return null;
  const texts = given.map((argument) => textOfArgument(argument, source, cells ?? []));
  if (texts.includes(null)) return null;
  const text = source.text.slice(from, to);
  return JSON.stringify([
    text,
    node.from - from,
    alphaParameter ?? null,
    classesParameter ?? null,
    alpha ?? null,
    classes ?? null,
    texts,
  ]);
}

function ofAny({ source, node }: ExecutionQuestion): string {
  const { from, to } = outermost(node);
  return `${node.from - from} ${source.text.slice(from, to)}`;
}

function textOfArgument(
  { name, value }: SiteArgument,
  definition: PythonSource,
  cells: readonly PythonSource[],
): readonly unknown[] | null {
  if (value.is !== 'code') return [name, value];
  const { node, source } = value;
  if (node.to - node.from > LONGEST_ARGUMENT) return null;
  // Of another file what its names are isn't looked at.
  if (source !== definition && !cells.includes(source) && !LITERALS.has(node.name)) return null;
  return [name, source.text.slice(node.from, node.to)];
}

const LITERALS = new Set(['Number', 'Boolean', 'None', 'String']);

/** The statement of the module that a definition is, or is in. */
function outermost(node: SyntaxNode): SyntaxNode {
  let outer = node;
  while (outer.parent?.parent) outer = outer.parent;
  return outer;
}

/** All statements that set a name, as they are written, and how others change it. */
function settingText(source: PythonSource, name: string): string {
  const code = moduleCodeOf(source);
  const statements = code.nodesOf(name).map(({ from, to }) => source.text.slice(from, to));
  return [...statements, JSON.stringify(code.changeOf(name))].join('\n');
}

function isSameModule({ consulted }: Remembered, { source }: ExecutionQuestion): boolean {
  return consulted.every(([name, text]) => settingText(source, name) === text);
}

/** The same, with its places where they are now; null where one of them can't be found. */
function moved({ execution, question, consulted }: Remembered, now: ExecutionQuestion): Execution | null {
  if (question.source === now.source && question.node.from === now.node.from) return execution;
  const pairs = [
    [outermost(question.node), outermost(now.node)] as const,
    ...consulted.flatMap(([name]) => {
      const after = moduleCodeOf(now.source).nodesOf(name);
      return moduleCodeOf(question.source)
        .nodesOf(name)
        .map((node, i) => [node, after[i]!] as const);
    }),
  ];
  const place = ({ at, source }: CodeSpan): CodeSpan | null => {
    if (source !== question.source) return null;
    const pair = pairs.find(([old]) => old.from <= at.from && at.to <= old.to);
    if (!pair) return null;
    const by = pair[1].from - pair[0].from;
    return { at: { from: at.from + by, to: at.to + by }, source: now.source };
  };
  if (execution.kind !== 'read') {
    const placed = place(execution);
    return placed && { ...execution, ...placed };
  }
  const { ignored, made, reduced, gradient, holds } = execution;
  const raised = ignored?.raised && {
    ...ignored.raised,
    from: ignored.raised.from && place(ignored.raised.from),
  };
  const cut = gradient && place(gradient.at);
  const conditions = holds.map(({ at, is }) => ({ at: at && place(at), is }));
  // What can't be found again is looked for anew.
  if ((gradient && !cut) || holds.some(({ at }, i) => at && !conditions[i]!.at)) return null;
  return {
    ...execution,
    gradient: gradient && cut && { is: gradient.is, at: cut },
    holds: conditions,
    made: made && place(made),
    reduced: reduced && place(reduced),
    ignored: ignored && { ...ignored, raised: raised ?? null },
  };
}
