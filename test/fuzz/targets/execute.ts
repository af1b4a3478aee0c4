import { execute } from '../../../src/analysis/python/execute/execute.ts';
import { parsePython } from '../../../src/analysis/python/syntax/parsedPython.ts';
import { definitionsIn } from '../../unit/analysis/execute/asked.ts';
import { fixtureDefinitions } from '../../unit/analysis/execute/definitions.ts';
import { decode, encode, expectThat, type FuzzTarget } from '../target.ts';

/** Definitions of one text that are executed. */
const MOST_DEFINITIONS = 3;

const TOKENS =
  '( ) [ ] : , = * ** - + / // % @ . 0 1 2 -1 0.1 1e9 10**9 None True z y K q self alpha smoothing not and or if else for in while def class return lambda range( [0]* .view( .repeat( .expand( .scatter_( .fill_( .sum( .mean( .T .size( .shape torch. np. F. nn. torch.zeros( torch.eye( F.one_hot( .log_softmax( super() raise try: except: with global nonlocal yield await del assert import'.split(
    ' ',
  );

/** Losses with something else in them: each comes to an end, and what is read of it is of a kind that can be. */
export const executeTarget: FuzzTarget = {
  name: 'executed losses',
  samples: fixtureDefinitions().map(({ text }) => encode(text)),
  tokens: [...TOKENS, '\n    ', '\n        ', '\n'],
  *run(bytes) {
    const text = decode(bytes);
    const { tree } = yield* parsePython(text);
    const source = { text, top: tree.topNode };
    const kinds: string[] = [];
    for (const node of [...definitionsIn(source).values()].slice(-MOST_DEFINITIONS)) {
      const execution = yield* execute({ source, node, given: [], findModule: () => null });
      kinds.push(execution.kind);
      if (execution.kind !== 'read') {
        const { at } = execution;
        expectThat(
          at.from >= 0 && at.from <= at.to && at.to <= text.length,
          () => `Stopped at ${at.from}–${at.to} of ${text.length}`,
        );
        continue;
      }
      for (const { figures } of execution.parts)
        for (const { on, off, sum } of figures)
          expectThat([on, off, sum].every(Number.isFinite), () => `on ${on}, off ${off}, sum ${sum}`);
    }
    return kinds.join(' ');
  },
};
