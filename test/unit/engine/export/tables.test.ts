import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportBatch } from '../../../../src/engine/export/exportBatch.ts';
import { tableText } from '../../../../src/engine/export/tableText.ts';
import { finish } from '../../../../src/loss/work.ts';
import type { ExportedTable, ExportFormat } from '../../../../src/protocol/exportChannel.ts';

import type { PanelSpec } from '../../../../src/protocol/panelSpec.ts';
import { held, PLAIN } from './held.ts';

const PYTHON = '/usr/bin/python3';
const hasPython = spawnSync(PYTHON, ['-c', '']).status === 0;

const cell = fc.oneof(
  fc.double(),
  fc.integer(),
  // What escapes leave alone: `test/unit/escape` has the rest.
  fc.stringMatching(/^[A-Za-z",. '|]*$/),
  fc.constantFrom('a,b', 'a|b', '"', 'a\nb', '🦊'),
);
const tables: fc.Arbitrary<ExportedTable> = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.record({
    head: fc.uniqueArray(fc.stringMatching(/^[A-Za-z",. '|]+$/), { minLength: columns, maxLength: columns }),
    rows: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 6,
    }),
  }),
);

/** What Python's csv and json modules read, as texts. */
const READ = `import csv, io, json, sys
for each in json.load(sys.stdin):
    head, *rows = csv.reader(io.StringIO(each["csv"], newline=""))
    records = json.loads(each["json"])
    print(json.dumps([head, rows, [[repr(v) if isinstance(v, (int, float)) else v for v in r.values()] for r in records]]))`;

describe('a table', () => {
  it.runIf(hasPython)('comes back from CSV and JSON as Python reads them', () => {
    const samples = fc.sample(tables, 100);
    const input = JSON.stringify(
      samples.map((table) => ({ csv: tableText(table, 'csv'), json: tableText(table, 'json') })),
    );
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', READ], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    // −0 is written as 0.
    const same = (text: string, value: string | number) =>
      typeof value === 'string'
        ? expect(text).toBe(value)
        : expect(Number(text.replace(/^(-?)inf$/i, '$1Infinity')) + 0).toBe(value + 0);
    for (const [i, line] of stdout.trim().split('\n').entries()) {
      const [head, rows, records] = JSON.parse(line) as [string[], string[][], string[][]];
      const { head: names, rows: cells } = samples[i]!;
      expect(head).toEqual(names);
      for (const [row, values] of cells.entries())
        for (const [column, value] of values.entries())
          for (const read of [rows, records]) same(read[row]![column]!, value);
    }
  });

  it('as Markdown has as many columns in every line, whatever is in it', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const lines = tableText(table, 'markdown').trimEnd().split('\n');
        expect(lines).toHaveLength(table.rows.length + 2);
        for (const line of lines) {
          const bars = line.replaceAll('\\\\', '').replaceAll('\\|', '').match(/\|/g) ?? [];
          expect(bars).toHaveLength(table.head.length + 1);
        }
      }),
    ));

  it('as Markdown has its numbers on the right', () => {
    const table = {
      head: ['class', 'p'],
      rows: [
        ['cat', 0.5],
        ['a|b', 12],
      ] as const,
    };
    expect(tableText(table, 'markdown')).toBe(
      '| class |   p |\n| ----- | --: |\n| cat   | 0.5 |\n| a\\|b  |  12 |\n',
    );
  });
});

describe('what the panel shows', () => {
  const values = Float32Array.from([2, 0, 1, -1, 0.5, 3, 1, 1, 1]);
  const targets = { kind: 'indices', values: Int32Array.from([0, 2, 1]) } as const;
  const exported = (format: ExportFormat, spec: PanelSpec = PLAIN) => {
    const outcome = finish(
      exportBatch(held(values, [3, 3], targets, spec), format, {
        loss: spec,
        source: 'x.json',
        to: 'clipboard',
      }),
    );
    if (!outcome.ok) throw new Error('Too large');
    return String(outcome.value);
  };

  it('has the same figures as JSON and as Markdown', () => {
    const { rows, ...figures } = JSON.parse(exported('json'));
    const markdown = exported('markdown');
    for (const [name, value] of Object.entries(figures))
      expect(markdown).toMatch(new RegExp(`^\\| ${name} +\\| +${value} +\\|$`, 'm'));
    expect(rows).toHaveLength(3);
    expect(markdown.trimEnd().split('\n').slice(-3)).toHaveLength(rows.length);
  });

  it('adds up: loss is floor and excess, of all rows and of each', () => {
    for (const form of ['ce', 'kl'] as const)
      for (const reduction of ['mean', 'sum'] as const) {
        const { loss, floor, excess, rows } = JSON.parse(exported('json', { ...PLAIN, form, reduction }));
        expect(floor + excess).toBeCloseTo(loss, 12);
        if (form === 'kl') expect(floor).toBeCloseTo(0, 12);
        const sum = rows.reduce((total: number, row: { loss: number }) => total + row.loss, 0);
        expect(reduction === 'sum' ? sum : sum / 3).toBeCloseTo(loss, 12);
      }
  });

  it('says what isn’t as usual', () => {
    const spec = { ...PLAIN, convention: 'UNIFORM_OTHERS', temperature: 2, ignoreIndex: 1 } as const;
    expect(JSON.parse(exported('json', spec).replaceAll('NaN', 'null'))).toMatchObject({
      convention: 'UNIFORM_OTHERS',
      temperature: 2,
      ignore_index: 1,
      on_value: expect.closeTo(0.9, 12),
    });
  });
});
