import { COUNT_NAME, type Evidence, VOCABULARY_NAME } from '../../../classes/classEvidence.ts';
import { evidenceOfValue, LONGEST_NAME } from '../../losses/codeEvidence.ts';
import { refitsIn } from '../../names/changed/refitted.ts';
import type { PyModule } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { placeOf } from '../../values/pythonValues.ts';
import type { Resolver } from '../../values/resolver.ts';
import type { Trail } from '../outputs.ts';
import { isUsedPlainly } from './plainUses.ts';
import { namesOf } from './refittedModel.ts';

/** What models are told their number of classes by, besides the names that say it of any call. */
const TOLD = /^(?:classes|labels|num_classes_?)$/;
/** Attributes that a model's last layer is, where it's put another one in. */
const HEAD = /^_?(?:(?:fc|heads?|outputs?|linear|logits|out|top)\d*|classif\w*|last_\w+)$/;
/** It's told the size of what comes out in another way, too: what it's told of classes is about what goes in then. */
const OTHER_OUTPUT = /vocab|tokens|^(?:out|output)s?(?:_|$)/i;

/** K of a model that can't be looked into, by what the call that makes it says: `get_model("resnet18", classes=10)`. */
export function classesToldTo(
  { node, scope }: Expression,
  { resolver, asker, named }: Trail,
): Evidence | undefined {
  const given = argumentsOf(argListOf(node), scope.module.text);
  const told = given.filter(
    ({ name }) => name !== null && (TOLD.test(name) || COUNT_NAME.test(name)) && !VOCABULARY_NAME.test(name),
  );
  const [only, ...others] = told;
  if (!only || others.length > 0 || given.some(({ star }) => star !== '')) return undefined;
  if (given.some(({ name }) => name !== null && OTHER_OUTPUT.test(name))) return undefined;
  const own = namesOf({ node, scope });
  // What a list or a dict has goes by other names, too.
  if (own.length === 0 && !/^(?:ReturnStatement|ArgList)$/.test(node.parent?.name ?? '')) return undefined;
  if ((asker.cell ?? 0) > MOST_CELLS) return undefined;
  const names = [...own, ...(named === undefined ? [] : [named])];
  for (const module of modulesAround(scope.module, asker, resolver)) {
    const { attributes } = refitsIn(module);
    if (attributes === null || [...attributes].some((name) => HEAD.test(name))) return undefined;
    if (!names.every((name) => isUsedPlainly(name, module, resolver))) return undefined;
  }
  const name = textOf(only, scope.module.text).slice(0, LONGEST_NAME);
  const evidence = evidenceOfValue({ node: only.value, scope }, 'count', name, 4, resolver);
  return evidence && !evidence.isDefault ? { ...evidence, place: placeOf(scope.module, node) } : undefined;
}

/** Cells in front that are looked at. */
const MOST_CELLS = 256;

/** Where it's made and used, and the cells in front. */
function modulesAround(own: PyModule, asker: PyModule, { cells }: Resolver): ReadonlySet<PyModule> {
  const before = Array.from({ length: asker.cell ?? 0 }, (_, i) => cells.at(i));
  return new Set([own, asker, ...before]);
}
