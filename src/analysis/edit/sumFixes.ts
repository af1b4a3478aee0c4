import type { SyntaxNode } from '@lezer/common';
import type { Work } from '../../loss/work.ts';
import type { LossConfig } from '../lossConfig.ts';
import { LossDocument } from '../lossDocument.ts';
import { parsePython } from '../python/syntax/parsedPython.ts';
import { textOf } from '../python/syntax/syntaxNodes.ts';
import type { SourceSpan } from '../sourcePlace.ts';
import type { Sources } from './alphaEdit.ts';
import { edited, type TextEdit } from './textEdit.ts';

/** Divisions, and differences from 1, that are tried. */
const MOST_TRIED = 4;

/**
 * Edits of a hand-written loss after which its targets sum to 1: α is divided by K − 1, or its share is given back to the true class.
 * Each was tried out on a copy: what is found then has a known convention, and the same α. One edit each.
 */
export function* sumFixes(config: LossConfig, sources: Sources): Work<readonly TextEdit[]> {
  const { text } = sources;
  const finding = config.findings.find(({ rule }) => rule === 'targets-sum');
  const made = config.executed?.kind === 'read' ? config.executed.made : null;
  if (!finding || !made || made.place.module !== undefined || made.place.cell !== undefined) return [];
  const { tree } = yield* parsePython(text);
  const definition = definitionAround(tree.topNode, made.place.span);
  if (!definition) return [];
  const fixes: TextEdit[] = [];
  for (const edit of candidates(definition, text)) {
    yield 0;
    const after: Sources = { ...sources, text: edited(text, [edit]) };
    const { configs } = yield* new LossDocument(sources.language).analyze(after.text, after);
    if (configs.some((each) => isFixed(each, config))) fixes.push(edit);
  }
  return fixes;
}

function isFixed(after: LossConfig, { api, alpha, line }: LossConfig): boolean {
  const isSame = after.api === api && after.line === line && after.alpha.value === alpha.value;
  const isRight = !after.findings.some(({ rule }) => rule === 'targets-sum');
  return isSame && isRight && after.executed?.kind === 'read' && after.convention !== null;
}

/** The outermost class or function that a span is in. */
function definitionAround(top: SyntaxNode, { from }: SourceSpan): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  for (let node: SyntaxNode | null = top.resolveInner(from, 1); node; node = node.parent)
    if (node.name === 'ClassDefinition' || node.name === 'FunctionDefinition') found = node;
  return found;
}

function candidates(definition: SyntaxNode, text: string): readonly TextEdit[] {
  const divisions: Operands[] = [];
  const differences: Operands[] = [];
  definition.cursor().iterate(({ name, node }) => {
    if (name !== 'BinaryExpression') return;
    const operands = operandsOf(node, text);
    if (!operands) return;
    const { operator, left, right } = operands;
    if (operator === '/' && right.name !== 'Number') divisions.push(operands);
    if (operator === '-' && left.name === 'Number' && Number(textOf(left, text)) === 1)
      differences.push(operands);
  });
  const byOthers = divisions.slice(0, MOST_TRIED).map(({ right }): TextEdit => {
    const { from, to } = right;
    return { span: { from, to }, text: `(${inner(right, text)} - 1)` };
  });
  const givenBack = differences.slice(0, MOST_TRIED).flatMap(({ node, right: alpha }): TextEdit[] => {
    const amount = textOf(alpha, text);
    const share = divisions.find(({ left }) => lastName(textOf(left, text)) === lastName(amount));
    if (!share) return [];
    const { from, to } = node;
    const whole = `${textOf(node, text)} + ${amount} / ${textOf(share.right, text)}`;
    return [{ span: { from, to }, text: node.parent?.name === 'BinaryExpression' ? `(${whole})` : whole }];
  });
  return [...givenBack, ...byOthers];
}

interface Operands {
  readonly node: SyntaxNode;
  readonly operator: string;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}

function operandsOf(node: SyntaxNode, text: string): Operands | null {
  const { firstChild: left, lastChild: right } = node;
  const sign = node.getChild('ArithOp');
  return left && right && sign ? { node, operator: textOf(sign, text), left, right } : null;
}

/** Without the parentheses around it. */
function inner(node: SyntaxNode, text: string): string {
  const written = textOf(node, text);
  return node.name === 'ParenthesizedExpression' ? written.slice(1, -1) : written;
}

/** `smoothing` of `self.smoothing` */
function lastName(expression: string): string {
  return expression.slice(expression.lastIndexOf('.') + 1);
}
