import type { Work } from '../../../loss/work.ts';
import { COUNT_NAME, type Evidence } from '../../classes/classEvidence.ts';
import { datasetClasses } from '../../classes/datasetClasses.ts';
import { lastWord } from '../../sourceTokens.ts';
import { evidenceOfValue, LONGEST_NAME } from '../losses/codeEvidence.ts';
import { LOSS_NAME, smoothsByName } from '../losses/lossNames.ts';
import { reachOf } from '../names/evidenceReach.ts';
import { Positions } from '../names/moduleIndex.ts';
import type { CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { placeOf } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';

/** Words that are in every name of a count. */
const COUNT_HINTS = new Positions(/class|label|vocab|tokens/gi);
const COARSE = new Positions(/coarse/gi);
/** Calls between two yields. */
const CALLS = 500;
/** Loads a dataset of the name that is its first argument. */
const LOADERS = new Set(['load_dataset', 'load', 'fetch_openml', 'create_dataset']);

/** `num_classes=10` of any call, and datasets. */
export function* evidenceOfCalls(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
  const { text: code, calls } = module;
  const all: Evidence[] = [];
  const add = (evidence: Evidence, { scope }: CallSite) => all.push({ ...evidence, reach: reachOf(scope) });
  if (calls.length > 0) yield* COUNT_HINTS.prepare(module);
  for (const [i, site] of calls.entries()) {
    const { node, name, scope } = site;
    if (i % CALLS === CALLS - 1) yield i / calls.length;
    const list = argListOf(node);
    const loader = LOADERS.has(name);
    const start = list && { from: list.from, to: Math.min(list.to, list.from + 2000) };
    if (loader || (start && COUNT_HINTS.areIn(module, start))) {
      const given = argumentsOf(list, code);
      for (const argument of given) {
        if (argument.name === null || !isCount(argument.name, node, code) || isOther(name, argument.name))
          continue;
        const expression = { node: argument.value, scope };
        const evidence = evidenceOfValue(expression, 'count', argument.name, 4, resolver);
        if (evidence)
          add(isOfParameter(node) || isOneOfDict(node) ? { ...evidence, isDefault: true } : evidence, site);
      }
      if (loader) {
        const names = given.slice(0, 2).flatMap(({ value }) => stringOf(value, code) ?? []);
        const classes = names.flatMap((each) => classesIn(each, module) ?? []).at(-1);
        if (classes !== undefined) add(datasetEvidence(classes, names.join(' '), module, node), site);
      }
    }
    const callee = name === 'load_data' ? ownerOf(node, code) : name;
    const classes = loader || name.length > LONGEST_NAME ? undefined : classesIn(callee, module);
    if (classes !== undefined && isAsItComes(site)) add(datasetEvidence(classes, callee, module, node), site);
  }
  return all;
}

/** CIFAR-100 has 20 classes of classes, too: where those are spoken of, nobody knows which are meant. */
function classesIn(name: string, module: PyModule): number | undefined {
  const classes = datasetClasses(name);
  const isCoarse = classes === 100 && COARSE.areIn(module, { from: 0, to: module.text.length });
  return isCoarse ? undefined : classes;
}

/** Its labels are those it has: none are made of them, such as whether they're even. */
function isAsItComes({ node, scope }: CallSite): boolean {
  const { text: code } = scope.module;
  const list = argListOf(node);
  if (list && /target_transform/.test(textOf(list, code).slice(0, 2000))) return false;
  const rest = code.slice(node.to, Math.min(scope.span.to, node.to + BEHIND_DATASET));
  return !makesOtherLabels(rest);
}

/** Characters behind a dataset, of the same function, that are looked through. */
const BEHIND_DATASET = 4000;

/** `labels = raw >= 5`, on a line of its own: of another number of classes than the data has. */
function makesOtherLabels(code: string): boolean {
  return code.split('\n').some((line) => {
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(0, equals)).trim();
    const value = line.slice(equals + 1, equals + 121);
    return /^[\w.]+$/.test(name) && /label|target/.test(name) && /^[^=].*?(?:[<>]=?|%|\/\/) ?\d/.test(value);
  });
}

/** `{"a": A(num_classes=6), "b": B()}`: one of several, of which others have another number perhaps. */
function isOneOfDict({ parent, from }: Expression['node']): boolean {
  if (parent?.name !== 'DictionaryExpression') return false;
  for (let each = parent.firstChild; each; each = each.nextSibling)
    if (
      each.name === 'CallExpression' &&
      each.from !== from &&
      argListOf(each)?.firstChild?.nextSibling?.name === ')'
    )
      return true;
  return false;
}

/** `def __init__(self, head=dict(num_classes=100))` */
function isOfParameter(call: Expression['node']): boolean {
  let node = call.parent;
  for (let level = 0; node && level < MOST_LEVELS; node = node.parent, level++)
    if (node.name === 'ParamList') return true;
  return false;
}

/** Calls in calls that are looked through. */
const MOST_LEVELS = 8;

/** Keras' models call it `classes`; elsewhere that may be anything. */
function isCount(argument: string, call: Expression['node'], code: string): boolean {
  if (argument !== 'classes') return COUNT_NAME.test(argument);
  const callee = calleeOf(call);
  return callee !== null && /\bapplications\b/.test(textOf(callee, code).slice(0, 200));
}

/** What a loss is told is about that loss; how many words or positions go in says nothing of what comes out. */
function isOther(callee: string, argument: string): boolean {
  if (LOSS_NAME.test(callee) || smoothsByName(callee)) return true;
  if (callee === 'dict' && !/class/i.test(argument)) return true;
  return /vocab|tokens/i.test(argument) && /embed|posit|token|encoder/i.test(callee);
}

/** `cifar10` of `datasets.cifar10.load_data()` */
function ownerOf(call: Expression['node'], code: string): string {
  const object = calleeOf(call)?.firstChild;
  return object ? lastWord(textOf(object, code)) : '';
}

function datasetEvidence(value: number, name: string, module: PyModule, node: Expression['node']): Evidence {
  return { value, by: 'dataset', name, place: placeOf(module, node), token: null, weight: 3 };
}
