import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { positionOf } from '../../../src/frameworks/callForm.ts';
import { apiOf, FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import { CONVENTION_NAMES } from '../../../src/loss/conventions/conventions.ts';

/** What was found out about each API, as it was written down. */
interface Finding {
  readonly id: string;
  readonly kwarg: string | null;
  readonly default: string | null;
  readonly convention_ids: readonly string[];
  readonly positions: {
    readonly ctor: number | null;
    readonly function: number | null;
    readonly single: number | null;
  };
  readonly verified_numerically: boolean;
}

const { apis: findings } = JSON.parse(
  readFileSync(new URL('../../reference/conventions.json', import.meta.url), 'utf8'),
) as { apis: readonly Finding[] };

describe('the registry', () => {
  it('has an entry for each finding, and no other', () => {
    expect(FRAMEWORK_APIS.map(({ id }) => id).sort()).toEqual(findings.map(({ id }) => id).sort());
    expect(new Set(FRAMEWORK_APIS.map(({ id }) => id)).size).toBe(FRAMEWORK_APIS.length);
  });

  it('has 77 APIs that smooth', () => {
    expect(FRAMEWORK_APIS.filter(({ instead }) => instead !== 'nothing')).toHaveLength(77);
  });

  for (const finding of findings) {
    const api = apiOf(finding.id)!;
    it(`${finding.id}: the convention`, () => {
      const known = finding.convention_ids.filter((name) =>
        (CONVENTION_NAMES as readonly string[]).includes(name),
      );
      expect([...api.conventions].sort()).toEqual(known.sort());
      expect(api.conventions.length === 0).toBe(api.instead !== undefined);
      expect(api.conventions.length > 1).toBe(api.choice !== undefined);
    });

    it(`${finding.id}: the default`, () => {
      // "0.1 / 0.0": one for each form.
      const written = (finding.default ?? '').match(/\d+\.?\d*/g)?.map(Number) ?? [];
      if (written.length === 0) expect(api.default).toBeNull();
      else expect(written).toContain(api.default);
      for (const call of api.calls) if (call.default !== undefined) expect(written).toContain(call.default);
    });

    it(`${finding.id}: where α is among the arguments`, () => {
      const { ctor, function: inFunction, single } = finding.positions;
      const of = (kind: string) => api.calls.find((call) => call.kind === kind);
      if (ctor !== null) expect(positionOf(of('class')!)).toBe(ctor);
      if (inFunction !== null) expect(positionOf(of('function')!)).toBe(inFunction);
      if (single !== null) expect(positionOf(api.calls[0]!)).toBe(single);
    });

    it(`${finding.id}: whether it was run`, () => {
      if (finding.verified_numerically) expect(api.verified).toBe('run');
      else expect(api.verified).not.toBe('run');
    });
  }

  it('says for every API how it’s called, if it can be', () => {
    for (const { calls, instead, id } of FRAMEWORK_APIS) {
      if (instead === undefined) expect(calls, id).not.toHaveLength(0);
      for (const { paths, kind, parameters, argument } of calls) {
        expect(paths.length, id).toBeGreaterThan(0);
        expect(new Set(parameters).size, id).toBe(parameters.length);
        if (argument === null && kind !== 'key' && kind !== 'flag') expect(instead, id).toBe('nothing');
      }
    }
  });
});
