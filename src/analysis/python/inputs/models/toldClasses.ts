import { COUNT_NAME, type Evidence, VOCABULARY_NAME } from '../../../classes/classEvidence.ts';
import { evidenceOfValue, LONGEST_NAME } from '../../losses/codeEvidence.ts';
import { refitsIn } from '../../names/changed/refitted.ts';
import { callsOf } from '../../names/moduleIndex.ts';
import { argListOf, argumentsOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { placeOf } from '../../values/pythonValues.ts';
import type { Trail } from '../outputs.ts';
import { namesOf } from './refittedModel.ts';

/** What models are told their number of classes by, besides the names that say it of any call. */
const TOLD = /^(?:classes|labels|num_classes_?)$/;
/** Attributes that a model's last layer is, where it's put another one in. */
const HEAD = /^_?(?:(?:fc|heads?|outputs?|linear|logits|out|top)\d*|classif\w*|last_\w+)$/;
/** Methods that give it another last layer. */
const REFITS = [
  'reset_classifier',
  'reset_head',
  'set_classifier',
  'replace_head',
  'resize_token_embeddings',
];

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
  const names = [...namesOf({ node, scope }), ...(named === undefined ? [] : [named])];
  for (const module of new Set([scope.module, asker])) {
    const { attributes } = refitsIn(module);
    if (attributes === null || [...attributes].some((name) => HEAD.test(name))) return undefined;
    if (names.some((name) => REFITS.some((each) => callsOf(module, `${name}.${each}`).length > 0)))
      return undefined;
  }
  const name = textOf(only, scope.module.text).slice(0, LONGEST_NAME);
  const evidence = evidenceOfValue({ node: only.value, scope }, 'count', name, 4, resolver);
  return evidence && !evidence.isDefault ? { ...evidence, place: placeOf(scope.module, node) } : undefined;
}
