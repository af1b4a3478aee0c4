// Measures and compares: `npm run bench -- [options]`, see `options.ts`. Figures of one run are comparable, others aren't.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { measureAlpha } from './alpha.ts';
import { type Competition, compete, type Means, type Wanted } from './compete.ts';
import { bundlePrograms } from './contenders/bundle.ts';
import { pythonWithTorch } from './contenders/python.ts';
import { measureJson } from './ingest/json.ts';
import { measureNpy } from './ingest/npy.ts';
import { measureLimits } from './limits/limits.ts';
import { machine, ownVersions } from './machine.ts';
import { type Options, type Part, readOptions, type Shape, USAGE } from './options.ts';
import { measureQuestions } from './questions.ts';
import type { AlphaResult, IngestResult, QuestionResult, Report } from './report.ts';
import { writeSpeedPage } from './speedPage.ts';
import { renderReport } from './table.ts';

/** One, and as many as there are, but two at most. */
const THREADS = [...new Set([1, Math.min(2, availableParallelism())])];

async function measure(options: Options): Promise<Report> {
  const { rounds, patienceMs, parts, shapes, gradientShapes, npyShape, jsonShape } = options;
  const wants = (part: Part) => parts.includes(part);
  const programs = await bundlePrograms();
  const python = pythonWithTorch(options.python);
  const means: Means = { programs, python, rounds, patienceMs };
  const versions = ownVersions();
  const notes = new Set<string>();
  if (python === undefined) notes.add('PyTorch: no python3 here has it');
  const competing = async (task: 'loss' | 'gradient', over: readonly Shape[], wanted: readonly Wanted[]) => {
    const results: Competition['results'] = [];
    if (!wants(task)) return results;
    for (const shape of over) {
      say(`${task} of ${shape.join('×')}`);
      const competition = await compete(task, shape, wanted, means);
      results.push(...competition.results);
      Object.assign(versions, competition.versions);
      for (const note of competition.notes) notes.add(note);
    }
    return results;
  };
  const onAll = (contender: Wanted['contender']) => THREADS.map((threads) => ({ contender, threads }));
  const onAllKept = process.platform === 'linux' ? onAll('torch-eager-kept') : [];
  const results = await competing('loss', shapes, [
    ...onAll('smooth-labels'),
    ...onAll('torch-eager'),
    ...onAllKept,
    ...onAll('torch-compile'),
    { contender: 'tfjs-wasm', threads: 1 },
    { contender: 'tfjs-cpu', threads: 1 },
  ]);
  const gradient = await competing('gradient', gradientShapes, [
    { contender: 'smooth-labels', threads: 1 },
    { contender: 'torch-eager', threads: 1 },
    ...onAllKept.slice(0, 1),
  ]);
  const ingest: IngestResult[] = [];
  if (wants('npy')) {
    say('.npy');
    const npy = await measureNpy(npyShape, programs.npyRows, python, THREADS, rounds, patienceMs);
    ingest.push(...npy.results);
    for (const note of npy.notes) notes.add(note);
  }
  if (wants('json')) {
    say('JSON');
    ingest.push(...(await measureJson(jsonShape, programs.jsonText, rounds, patienceMs)));
  }
  const alpha: AlphaResult[] = [];
  for (const shape of wants('alpha') ? shapes : []) {
    say(`another α of ${shape.join('×')}`);
    alpha.push(await measureAlpha(shape, programs.smoothLabels, rounds));
  }
  const questions: QuestionResult[] = [];
  for (const shape of wants('questions') ? options.questionShapes : []) {
    say(`questions about ${shape.join('×')}`);
    for (const threads of THREADS)
      questions.push(...(await measureQuestions(shape, threads, programs.smoothLabels, rounds)));
  }
  if (wants('limits')) say('limits');
  const limits = wants('limits') ? await measureLimits(rounds) : null;
  return {
    machine: machine(),
    versions,
    results,
    gradient,
    ingest,
    alpha,
    questions,
    limits,
    notes: [...notes],
  };
}

/** What is going on, beside the output itself. */
function say(what: string): void {
  process.stderr.write(`${what} …\n`);
}

try {
  const options = readOptions(process.argv.slice(2));
  const report = await measure(options);
  const text = renderReport(report);
  process.stdout.write(text);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.markdown) writeSpeedPage(text);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
  process.exitCode = 1;
}
