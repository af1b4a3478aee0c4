// `npm run fuzz -- [--minutes N] [--mutations N] [--target NAME …] [--seed N] [--jobs N]`, or `--target NAME --file FILE` to try one input
// again. A target is given each sample up to each of its bytes, then mutations, until the time is over or there were as many.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { finish } from '../../src/loss/work.ts';
import { ROOT } from '../vscode/paths.ts';
import { type Fuzzed, fuzz } from './fuzz.ts';
import { countTruncations } from './mutations.ts';
import { TARGETS, targetNamed } from './targets.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    mutations: { type: 'string' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    file: { type: 'string' },
  },
});

const targets = options.target?.map(targetNamed) ?? TARGETS;

if (options.file !== undefined) {
  console.log(finish(targets[0]!.run(new Uint8Array(readFileSync(options.file)))));
} else {
  const seed = options.seed === undefined ? Date.now() % 2 ** 31 : Number(options.seed);
  const jobs = Math.max(1, Number(options.jobs));
  const each = (Number(options.minutes) * 60_000 * jobs) / targets.length;
  console.log(
    `Seed ${seed}, ${(each / 1000).toFixed(0)} s for each of ${targets.length} targets, ${jobs} at a time`,
  );
  const waiting = [...targets];
  const done: Fuzzed[] = [];
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (let target = waiting.shift(); target; target = waiting.shift()) {
        const truncations = countTruncations(target);
        const fuzzed = await fuzz(target.name, {
          seed,
          inputs: truncations + Number(options.mutations ?? Number.MAX_SAFE_INTEGER / 2),
          truncations,
          milliseconds: each,
        });
        console.log(described(fuzzed));
        done.push(fuzzed);
      }
    }),
  );
  const inputs = done.reduce((sum, { report }) => sum + report.inputs, 0);
  const failures = done.reduce((sum, fuzzed) => sum + fuzzed.failures.length, 0);
  console.log(`\n${inputs.toLocaleString('en')} inputs, ${failures} failures`);
  if (failures > 0) process.exitCode = 1;
}

/** What a target did, in a few lines. */
function described({ target, report, failures }: Fuzzed): string {
  const { inputs, outcomes, slowest, longestSlice, largest } = report;
  const truncated = Math.min(inputs, countTruncations(targetNamed(target)));
  const often = Object.entries(outcomes)
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, times]) => `${outcome} ${times.toLocaleString('en')}`);
  return [
    `\n── ${target}: ${truncated.toLocaleString('en')} truncations, ${(inputs - truncated).toLocaleString('en')} mutations, ${failures.length} failures`,
    `   ${often.join(', ')}`,
    `   slowest ${slowest.value.toFixed(0)} ms (input ${slowest.input}, ${slowest.bytes} bytes), longest slice ${longestSlice.value.toFixed(0)} ms (input ${longestSlice.input})`,
    `   most memory ${largest.value.toFixed(0)} MB (input ${largest.input}, ${largest.bytes} bytes)`,
    ...failures.map(
      ({ input, message, stack, bytes, file }) =>
        `   FAILED, input ${input}: ${message}\n     ${JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 300)))}\n     in ${relative(ROOT, file)}\n     ${stack.split('\n').slice(1, 4).join('\n     ')}`,
    ),
  ].join('\n');
}
