import type { KnownApis } from '../../apis/knownApis.ts';
import type { CellIndex } from '../names/cellIndex.ts';
import type { ModuleStore } from '../names/moduleStore.ts';
import type { Expression } from './expression.ts';
import type { Value } from './pythonValues.ts';

/** Says what expressions come to. Names, members and calls ask it about their parts; `Resolver` answers by asking them. */
export interface Evaluator {
  readonly store: ModuleStore;
  readonly apis: KnownApis;
  /** What stands above a cell. */
  readonly cells: CellIndex;
  /** What an expression comes to in its own file. */
  evaluate(expression: Expression): Value;
  /** What an imported name is, if it's of the workspace and was read; asks for it otherwise. */
  settled(value: Value): Value;
  /** What the expression comes to, in the files that were read, too. */
  resolve(expression: Expression): Value;
}
