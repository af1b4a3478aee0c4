import type { NamedValues, PythonRun } from '../run.ts';
import type { PyValue } from '../values.ts';

/** A function that every module sees. */
export type Builtin = (run: PythonRun, given: readonly PyValue[], named: NamedValues) => PyValue;
