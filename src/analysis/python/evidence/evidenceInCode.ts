import type { Work } from '../../../loss/work.ts';
import type { Evidence } from '../../classes/classEvidence.ts';
import { evidenceByNames } from '../losses/codeEvidence.ts';
import type { PyModule } from '../syntax/pythonScopes.ts';
import type { Resolver } from '../values/resolver.ts';
import { evidenceOfCalls } from './callEvidence.ts';
import { evidenceOfLayers } from './layerEvidence.ts';

/** Everything in the code of a module that tells K: names of constants, last layers, arguments, datasets. */
export function* evidenceInCode(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
  return [
    ...(yield* evidenceByNames(module, resolver)),
    ...evidenceOfLayers(module, resolver),
    ...(yield* evidenceOfCalls(module, resolver)),
  ];
}
