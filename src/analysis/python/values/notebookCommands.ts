import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import type { Scalar } from '../../config/configEntries.ts';
import { Shell } from '../../config/shell/shellCommands.ts';
import { commandsIn } from '../../config/shell/shellWords.ts';
import type { LossConfig } from '../../lossConfig.ts';
import { localOrigins, localToken } from '../names/localPlaces.ts';
import { nameValue } from '../names/nameValues.ts';
import { lineOf, type PyModule } from '../syntax/pythonScopes.ts';
import type { Resolver } from './resolver.ts';

/** Commands between two yields. */
const COMMANDS = 20;
/** A word without which no flag is α's. */
const HINT = /smooth|lsm|\blsr?\b|\bls_|eps/i;

/** α on the command lines in magics of a cell: `!python train.py --label-smoothing 0.1`, `%run`, `%%bash`. */
export function* lossesInMagics(
  module: PyModule,
  resolver: Resolver,
  failures: AnalysisFailure[],
): Work<readonly LossConfig[]> {
  const losses: LossConfig[] = [];
  let count = 0;
  for (const { from, to, interpolated } of module.commands) {
    if (!HINT.test(module.text.slice(from, to))) continue;
    const outside = (name: string) => (interpolated ? pythonScalar(name, module, from, resolver) : undefined);
    const shell = new Shell(module.text, module.lineStarts, [], resolver.apis, outside);
    for (const words of commandsIn(module.text, { from, to }, interpolated)) {
      if (!words || ++count % COMMANDS === 0) yield 0;
      if (words) {
        const line = lineOf(module, words[0]!.from);
        losses.push(...(yield* guardedSteps(failures, line, shell.lossesOf(words))));
      }
    }
  }
  return losses;
}

/** What a name of the notebook stands for on a command line. */
function pythonScalar(
  name: string,
  module: PyModule,
  offset: number,
  resolver: Resolver,
): Scalar | undefined {
  const value = resolver.settled(nameValue(resolver, name, module.scope, offset));
  const plain = { written: name, span: { from: offset, to: offset }, origins: [], token: null };
  if (value.kind === 'text') return { ...plain, text: value.text, integer: false };
  if (value.kind !== 'number') return undefined;
  const { value: number, integer, origins, token } = value;
  return {
    ...plain,
    number,
    integer,
    origins: localOrigins(origins, module),
    token: localToken(token, module),
  };
}
