import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportBatch } from '../../../../src/engine/export/exportBatch.ts';
import { finish } from '../../../../src/loss/work.ts';
import { type ExportFormat, type ExportSpec, PROGRAMS } from '../../../../src/protocol/exportChannel.ts';
import { held, PLAIN } from './held.ts';

const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-exports-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** More rows than are written at once, and more numbers than fit a clipboard. */
const ROWS = 30_000;
const values = Float32Array.from({ length: 3 * ROWS }, (_, i) => Math.sin(i));
const targets = { kind: 'indices', values: Int32Array.from({ length: ROWS }, (_, i) => i % 3) } as const;
const batch = held(values, [ROWS, 3], targets, PLAIN);

function exported(format: ExportFormat, how: Partial<ExportSpec>) {
  const outcome = finish(exportBatch(batch, format, { loss: PLAIN, source: 'x.npy', to: 'file', ...how }));
  if (!outcome.ok) throw new Error(`${outcome.problem.count} are more than ${outcome.problem.limit}`);
  return outcome.value;
}

describe('many rows', () => {
  it.each(['csv', 'json', 'markdown', 'targets', 'classes'] as const)(
    'as %s are the same in a file that is written part by part as all at once',
    (format) => {
      const path = join(folder, format);
      expect(exported(format, { path })).toBeNull();
      const all = exported(format, {});
      expect(readFileSync(path)).toEqual(Buffer.from(all as Uint8Array));
      expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    },
  );

  it('are all there, as what reads them takes them', () => {
    const [csv, json, markdown] = (['csv', 'json', 'markdown'] as const).map((format) => {
      const path = join(folder, `all.${format}`);
      exported(format, { path });
      return readFileSync(path, 'utf8');
    });
    const lines = csv!.trimEnd().split('\n');
    expect(lines).toHaveLength(ROWS + 1);
    const { rows, loss } = JSON.parse(json!);
    expect(rows).toHaveLength(ROWS);
    expect(lines[ROWS]!.split(',').map(Number)).toEqual(Object.values(rows[ROWS - 1]));
    const table = markdown!
      .trimEnd()
      .split('\n')
      .slice(-ROWS - 2);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(markdown).toContain(String(loss));
  });

  it('given up leave no file, and the one before as it was', () => {
    const path = join(folder, 'given-up.csv');
    exported('classes', { path });
    const before = readFileSync(path);
    const work = exportBatch(batch, 'csv', { loss: PLAIN, source: 'x', to: 'file', path });
    work.next();
    work.next();
    work.return(undefined as never);
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('are too many to copy, but their figures aren’t', () => {
    expect(() => exported('json', { to: 'clipboard' })).toThrow('more than');
    const { rows, loss } = JSON.parse(String(exported('json', { to: 'clipboard', withoutRows: 'table' })));
    expect(rows).toBeUndefined();
    expect(loss).toBeGreaterThan(0);
    expect(exported('csv', { to: 'clipboard', withoutRows: 'table' })).toContain(`loss,${loss}\n`);
    const alone = JSON.parse(String(exported('json', { to: 'clipboard', withoutRows: 'figures' })));
    expect(Object.keys(alone)).toEqual(['loss', 'nll', 'uniform', 'floor', 'excess', 'accuracy']);
    expect(alone.loss).toBe(loss);
  });
});

describe('a program', () => {
  const file = {
    path: join(folder, 'val "logits".npy'),
    stamp: '',
    offset: 128,
    type: { name: 'float32', little: true },
    probabilities: false,
    temperature: 1,
  } as const;
  const rounded = { ...batch.stats, hard: Float32Array.from(batch.stats.hard) };
  const inFile = { path: file.path, format: 'npy', name: 'logits' } as const;
  const onDisk = { ...batch, stats: rounded, read: { ...batch.read, inFile, source: { file } } };

  it.each(PROGRAMS)('for %s loads logits that are in a file, and has none of them', (name) => {
    const spec = { loss: PLAIN, source: 'x', to: 'clipboard' } as const;
    const outcome = finish(exportBatch(onDisk, name, spec));
    const text = String(outcome.ok && outcome.value);
    expect(text).toContain('np.load("val \\"logits\\".npy")');
    expect(text.match(/^import numpy as np$/gm)).toHaveLength(1);
    expect(text).toContain(name === 'keras' ? 'rtol=1e-5' : 'rtol=2e-6');
    expect(text).not.toContain(String(values[1]).slice(0, 8));
  });

  it('takes them out of a file that has other arrays, too', () => {
    const programOf = (format: 'npz' | 'safetensors') => {
      const inFile = { path: join(folder, `val.${format}`), format, name: 'val_logits' };
      const packed = { ...batch, read: { ...batch.read, inFile } };
      const outcome = finish(exportBatch(packed, 'pytorch', { loss: PLAIN, source: 'x', to: 'clipboard' }));
      return String(outcome.ok && outcome.value);
    };
    expect(programOf('npz')).toContain('np.load("val.npz")["val_logits"]');
    expect(programOf('safetensors')).toContain('load_file("val.safetensors")["val_logits"]');
    expect(programOf('safetensors')).toMatch(/^from safetensors.numpy import load_file$/m);
  });
});
