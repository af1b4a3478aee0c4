import type { SyntaxNode } from '@lezer/common';
import { visible } from '../../names/visibleBindings.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  elementsOf,
  memberOf,
  textOf,
  unwrapped,
} from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';

/** Characters of what is compared, and of a function that is looked through. */
const [LONGEST, LONGEST_FUNCTION] = [200, 20_000];

const FULL = 'torch.full('.length;

/** One column, of each row's class: `y.unsqueeze(1)`, `y[:, None]`, `y.view(-1, 1)`. */
const COLUMN = /^[\w.]+(?:\.unsqueeze\((?:dim=)?(?:1|-1)\)|\[:,None\]|\.(?:view|reshape)\(-1,1\))$/;

/**
 * Rows that surely sum to 1, whatever α and K are: `q = torch.full((n, K), a / (K - 1))` with `q.scatter_(1, y.unsqueeze(1), 1 - a)`,
 * where nothing else is done to them.
 */
export function areSharedRows({ node, scope }: Expression): boolean {
  const { text } = scope.module;
  const used = unwrapped(node);
  if (used.name !== 'VariableName') return isFilled(scatterOf(used, text));
  const name = textOf(used, text);
  const [only, ...others] = visible(name, scope, used.from)?.bindings ?? [];
  if (only?.kind !== 'value' || others.length > 0 || only.scope !== scope || only.conditional) return false;
  // Few names are looked for in their function.
  if (!/^torch\.full\(|^full\(/.test(text.slice(only.value.from, only.value.from + FULL))) return false;
  if (isFilled(scatterOf(only.value, text))) return placesOf(name, scope).length === 2;
  const [, set, ...rest] = placesOf(name, scope);
  if (set === undefined || rest.length !== 1 || rest[0] !== used.from) return false;
  const call = scope.module.top.resolveInner(set, 1).parent?.parent ?? null;
  const isAlone = call?.parent?.name === 'ExpressionStatement' && call.parent.parent === null;
  const isInSameBlock = call?.parent?.parent?.from === only.value.parent?.parent?.from;
  if (!isAlone && !isInSameBlock) return false;
  const filled = scatterOf(call, text, only.value);
  return isFilled(filled) && !namesAny(text.slice(only.value.to, call!.from), filled!);
}

/** α or K may be set in between. */
function namesAny(between: string, { width, on }: Filled): boolean {
  const used = new Set(`${width} ${on}`.match(NAME));
  return between.length > LONGEST || (between.match(NAME) ?? []).some((each) => used.has(each));
}

const NAME = /[A-Za-z_]\w*/g;

/** Where a function has a name. */
function placesOf(name: string, { span, module, kind }: Expression['scope']): readonly number[] {
  if (kind === 'class' || span.to - span.from > LONGEST_FUNCTION) return [];
  const code = module.text.slice(span.from, span.to);
  return Array.from(code.matchAll(/(?<![\w.])\w+/g)).flatMap(({ 0: word, index }) =>
    word === name ? span.from + index : [],
  );
}

/** What rows are filled with, their length, and what their classes get, as they're written without spaces. */
interface Filled {
  readonly width: string;
  readonly off: string;
  readonly on: string;
}

/** `torch.full((n, K), off).scatter_(1, y.unsqueeze(1), on)`, or the same of `made`. */
function scatterOf(call: SyntaxNode | null, code: string, made?: SyntaxNode): Filled | undefined {
  const callee = call?.name === 'CallExpression' ? calleeOf(call) : null;
  if (!call || callee?.name !== 'MemberExpression' || !/^scatter_?$/.test(memberOf(callee, code) ?? ''))
    return undefined;
  if (made && memberOf(callee, code) !== 'scatter_') return undefined;
  const full = made ?? callee.firstChild;
  const maker = full?.name === 'CallExpression' ? textOf(calleeOf(full)!, code) : '';
  if (!full || !/^(?:torch\.)?full$/.test(maker)) return undefined;
  const written = (node: SyntaxNode | undefined) =>
    node
      ? textOf(node, code)
          .slice(0, LONGEST)
          .replace(/\s+/g, '')
          .replace(/\b(\d+)\.0*(?!\d)/g, '$1')
      : '';
  const [axis, index, on, ...options] = argumentsOf(argListOf(call), code);
  const [size, off, ...kind] = argumentsOf(argListOf(full), code);
  // `reduce="add"` is something else.
  if (options.length > 0) return undefined;
  const ofClasses = firstName(written(index?.value));
  if (!kind.every(({ name, value }) => isPlainOption(name, written(value), ofClasses))) return undefined;
  if (!/^-?1$/.test(written(axis?.value)) || !COLUMN.test(written(index?.value))) return undefined;
  const [, width, ...more] = size ? (elementsOf(size.value) ?? []) : [];
  if (!width || more.length > 0 || on?.star !== '' || off?.star !== '') return undefined;
  return { width: written(width), off: written(off.value), on: written(on.value) };
}

/** The name in front: `y` of `y.unsqueeze(1)`. */
function firstName(written: string): string {
  return /^\w+/.exec(written)?.[0] ?? '';
}

/** Where the rows are, and that they aren't of whole numbers, as the classes are. */
function isPlainOption(name: string | null, written: string, ofClasses: string): boolean {
  if (name !== 'dtype') return name === 'device' || name === 'requires_grad' || name === 'layout';
  if (/^torch\.(?:float|double|half|bfloat16)\w*$/.test(written)) return true;
  return /^[\w.]+\.dtype$/.test(written) && firstName(written) !== ofClasses;
}

/** `a / (K - 1)` with `1 - a`, or `a / K` with `1 - a + a / K`. */
function isFilled(filled: Filled | undefined): boolean {
  if (!filled) return false;
  const { width, off, on } = filled;
  const others = `/(${width}-1)`;
  if (off.endsWith(others)) return on === `1-${off.slice(0, -others.length)}` && isName(on.slice(2));
  const all = `/${width}`;
  const share = off.endsWith(all) ? off.slice(0, -all.length) : '';
  return (
    isName(share) &&
    (on === `1-${share}+${off}` || on === `(1-${share})+${off}` || on === `${off}+1-${share}`)
  );
}

function isName(written: string): boolean {
  return /^[\w.]+$/.test(written);
}
