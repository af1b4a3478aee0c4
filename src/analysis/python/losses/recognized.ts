import type { FrameworkApi } from '../../../frameworks/frameworkApi.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import type { ApiForm } from '../../apis/callForms.ts';
import type { ConventionEvidence } from '../../lossConfig.ts';
import type { CallSite } from '../syntax/pythonScopes.ts';
import type { Expression } from '../values/expression.ts';
import type { Value } from '../values/pythonValues.ts';
import type { BoundCall, Given } from './boundCall.ts';

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
  /** The default of α where the sources say it. */
  readonly fallback?: Expression | null;
  readonly form?: ApiForm;
  /** A call without α is a loss configuration, too. */
  readonly always: boolean;
}

export interface RecognizedCall extends Recognized {
  readonly site: CallSite;
  readonly bound: BoundCall;
  /** The argument that holds α. */
  readonly alpha: Given | undefined;
  /** What is called, as an expression. */
  readonly callee: Expression;
}

/** Says what calls and values are: see `Recognizer`. */
export interface Recognizing {
  ofCall(site: CallSite): RecognizedCall | undefined;
  ofValue(value: Value, bound?: BoundCall): Recognized | undefined;
}
