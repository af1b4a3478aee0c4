import type { Builtin } from './builtin.ts';
import { COLLECTION_FUNCTIONS } from './collectionFunctions.ts';
import { NUMBER_FUNCTIONS } from './numberFunctions.ts';
import { OBJECT_FUNCTIONS } from './objectFunctions.ts';

/** Python's own functions that are run, and those whose results aren't known. */
export const FUNCTIONS: Readonly<Record<string, Builtin>> = {
  ...COLLECTION_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...OBJECT_FUNCTIONS,
  str: (run, [value = null]) => (typeof value === 'string' ? value : run.unknown('str')),
  repr: (run) => run.unknown('repr'),
  print: () => null,
  issubclass: (run) => run.unknown('issubclass', 'unsupported'),
  id: (run) => run.unknown('id'),
  locals: (run) => run.unknown('locals'),
  globals: (run) => run.unknown('globals'),
  vars: (run) => run.unknown('vars'),
  open: (run) => run.unknown('open'),
  input: (run) => run.unknown('input'),
  iter: (run) => run.unknown('iter', 'unsupported'),
  next: (run) => run.unknown('next', 'unsupported'),
  slice: (run) => run.unknown('slice', 'unsupported'),
  set: (run) => run.unknown('set', 'unsupported'),
  frozenset: (run) => run.unknown('set', 'unsupported'),
  super: (run) => run.unknown('super', 'unsupported'),
  dir: (run) => run.unknown('dir'),
  eval: (run) => run.unknown('eval'),
  exec: (run) => {
    throw run.stop('unsupported', 'exec');
  },
};
