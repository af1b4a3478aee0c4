import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { extensions } from 'vscode';
import { TrainerClient } from '../../src/engine/trainer/trainerClient.ts';
import { startTrainer } from '../../src/host/loading/startTrainer.ts';
import { FIGURES } from '../../src/lab/measure/labFigures.ts';
import type { TrainingSnapshot } from '../../src/lab/training/trainer.ts';
import { begun, smallPlan } from '../unit/engine/trainer/training/plans.ts';

describe('the trainer', () => {
  it('trains in the extension host’s worker, on WASM', async () => {
    const { extensionUri } = extensions.getExtension('smooth-labels.smooth-labels')!;
    const trainer = new TrainerClient(() => startTrainer(extensionUri));
    try {
      const snapshots: TrainingSnapshot[] = [];
      assert.equal(await trainer.backend(), 'wasm');
      const run = await begun(trainer, smallPlan(), { onSnapshots: (more) => snapshots.push(...more) });
      assert.deepEqual(await run.goOn(), { kind: 'finished', epoch: 6 });
      await run.release();
      assert.equal(snapshots.at(-1)!.figures.length, 4 * FIGURES.length);
    } finally {
      trainer.dispose();
    }
  });
});
