import type { FrameworkApi, LossKind } from '../../../frameworks/frameworkApi.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import type { ApiForm } from '../../apis/callForms.ts';
import type { ConventionEvidence } from '../../lossConfig.ts';
import type { Rebound } from '../names/changed/reboundApi.ts';
import type { CallSite } from '../syntax/pythonScopes.ts';
import type { Expression } from '../values/expression.ts';
import type { Value } from '../values/pythonValues.ts';
import type { BoundCall, Given } from './boundCall.ts';

/** Why the α that a definition is called with isn't the α of its loss: it makes another of it, or doesn't use it always. */
export type AlphaDoubt = 'changed' | 'branch';

/** A loss that is added to others, with what it's multiplied or divided by. */
export interface SummedLoss {
  readonly call: RecognizedCall;
  readonly factors: readonly { readonly expression: Expression; readonly isDivisor: boolean }[];
  /** Its logits as they're written. */
  readonly logits: string;
}

/** A definition returns a sum of losses, on the same logits or on different ones. */
export interface LossSum {
  readonly terms: readonly SummedLoss[];
  readonly isSameLogits: boolean;
}

/** What is called: an API of the registry, a definition of the sources, or something that smooths by the look of it. */
export interface Recognized {
  readonly api: string;
  readonly entry: FrameworkApi | null;
  readonly framework: string | null;
  readonly convention: ConventionName | null;
  readonly by: ConventionEvidence;
  readonly parameters: readonly string[];
  /** The parameter for α. */
  readonly argument: string | null;
  /** What the loss is; null where that isn't known. */
  readonly computes: LossKind | null;
  /** Of a definition: its parameter for K, where what it makes of it shows that. */
  readonly classes?: string;
  /** Of a definition: its parameter for class weights, which the loss inside gets. */
  readonly weights?: string;
  /** Of a definition that returns a sum of losses. */
  readonly sum?: LossSum;
  /** The α it's called with isn't that of its loss, or not always. */
  readonly doubt?: AlphaDoubt;
  /** Its α, or the targets made with it, are others later: running it once doesn't show that. */
  readonly moves?: true;
  /** The default of α where the sources say it. */
  readonly fallback?: Expression | null;
  readonly form?: ApiForm;
  /** A call without α is a loss configuration, too. */
  readonly always: boolean;
  /** It's called like a loss: without α it's one if that shows when it's executed. */
  readonly mayBeLoss?: true;
  /** It's a loss configuration only if it turns out to smooth labels when it's executed. */
  readonly tentative?: true;
}

export interface RecognizedCall extends Recognized {
  readonly site: CallSite;
  readonly bound: BoundCall;
  /** The argument that may be α is only the one fraction among several. */
  readonly guessed?: true;
  /** The argument that holds α. */
  readonly alpha: Given | undefined;
  /** What is called, as an expression. */
  readonly callee: Expression;
  /** What puts something else in the place of the API. */
  readonly rebound?: Rebound;
}

/** Says what calls and values are: see `Recognizer`. */
export interface Recognizing {
  ofCall(site: CallSite): RecognizedCall | undefined;
  ofValue(value: Value, bound?: BoundCall): Recognized | undefined;
  ofForm(form: ApiForm, bound?: BoundCall): Recognized;
}
