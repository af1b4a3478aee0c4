import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import type { TrainerClient } from '../../../../src/engine/trainer/trainerClient.ts';
import type { TrainingPlan } from '../../../../src/lab/training/trainingPlan.ts';
import { startBrowser } from '../../../vscode/browser.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { learnt, smallPlan } from '../../engine/trainer/training/plans.ts';
import { startedTrainer } from '../../engine/trainer/training/startedTrainer.ts';

/** What the page needs of ours, as a script. */
async function clientScript(): Promise<string> {
  const client = join(ROOT, 'src', 'engine', 'trainer', 'trainerClient.ts');
  const { outputFiles } = await build({
    stdin: { contents: `export { TrainerClient } from ${JSON.stringify(client)};`, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'trainer',
  });
  return outputFiles[0]!.text;
}

/** Nothing may be fetched, and no text run as code; workers begin as blobs, as VS Code for the web starts them. */
const POLICY = "default-src 'none'; script-src 'nonce-a' blob: 'wasm-unsafe-eval'; worker-src blob:";

it('trains in a browser that allows neither network nor eval, with the bits it has in Node', async () => {
  const plan = smallPlan({ pictures: { plane: null, probe: null } });
  const node = startedTrainer();
  const expected = await learnt(node, plan);
  node.dispose();
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('request', (request) => {
      if (!/^(?:about|blob|data):/.test(request.url())) refused.push('a request');
    });
    await page.setContent(
      `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><script nonce="a">${await clientScript()}</script>`,
    );
    const read = (name: string) => readFileSync(join(ROOT, 'dist', name));
    const { backend, values } = await page.evaluate(trainedInPage, {
      script: read('trainer.js').toString(),
      parts: ['tfjs', 'kernel', 'matrices'].map((name) => read(`trainer-${name}.wasm`).toString('base64')),
      plan: JSON.stringify(plan, (_, value) =>
        ArrayBuffer.isView(value) ? { [value.constructor.name]: [...(value as Float32Array)] } : value,
      ),
    });
    expect(backend).toBe('wasm');
    expect(refused).toEqual([]);
    expect(values).toEqual(expected.map((layer) => [...layer.values]));
  } finally {
    await browser.close();
  }
});

/** Runs in the page. */
async function trainedInPage({ script, parts, plan }: { script: string; parts: string[]; plan: string }) {
  const { trainer } = globalThis as unknown as { trainer: { TrainerClient: typeof TrainerClient } };
  const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const [tfjs, kernel, matrices] = parts.map(bytes);
  const client = new trainer.TrainerClient(async () => {
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    return {
      worker: {
        post: (message) => worker.postMessage(message),
        listen: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
        onStop: (listener) => worker.addEventListener('error', (event) => listener(event.message)),
        terminate: () => worker.terminate(),
      },
      parts: { tfjs: tfjs!, kernel: kernel!, matrices: matrices! },
    };
  });
  const arrays = { Float32Array, Int32Array };
  const revived: TrainingPlan = JSON.parse(plan, (_, value) => {
    const name =
      value && typeof value === 'object' ? (Object.keys(value)[0] as keyof typeof arrays) : undefined;
    return name && arrays[name] ? arrays[name].from((value as Record<string, number[]>)[name]!) : value;
  });
  const run = await client.begin(revived, {});
  if ('reason' in run) throw new Error(run.reason);
  await run.goOn();
  const parameters = await run.parameters();
  return { backend: await client.backend(), values: parameters.map((layer) => [...layer.values]) };
}
