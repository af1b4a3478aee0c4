import { describe, expect, it } from 'vitest';
import { FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import { analyzed, CASES, described } from './corpus.ts';

describe('the corpus', () => {
  for (const { file, name, language, source, findings } of CASES) {
    it(`${file}: ${name}`, () => {
      expect(analyzed(source, language).configs.map(described)).toEqual(findings);
    });
  }

  it('has at least 120 sources with findings, and 40 without', () => {
    const without = CASES.filter(({ findings }) => findings.length === 0);
    expect(CASES.length - without.length).toBeGreaterThanOrEqual(120);
    expect(without.length).toBeGreaterThanOrEqual(40);
  });

  it('has one behaviour each', () => {
    const names = CASES.map(({ file, name }) => `${file} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has every API of the registry that can be called from these languages', () => {
    const found = new Set(
      CASES.flatMap(({ findings }) => findings.map((line) => line.split(' | ')[0]!.split(' = ')[1])),
    );
    const missing = FRAMEWORK_APIS.filter(({ id, calls }) => calls.length > 0 && !found.has(id)).map(
      ({ id }) => id,
    );
    expect(missing).toEqual(UNREACHABLE);
  });

  it('has spans that are inside the source, in order', () => {
    for (const { source, language } of CASES) {
      for (const { span, callee, alpha } of analyzed(source, language).configs) {
        expect(span.from).toBeLessThanOrEqual(callee.from);
        expect(span.to).toBeLessThanOrEqual(source.length);
        if (alpha.span) expect(source.slice(alpha.span.from, alpha.span.to)).toBe(alpha.text);
      }
    }
  });
});

/** Of other languages, or one call with two meanings of which the other is the API. */
const UNREACHABLE = [
  // Which of the two it is depends on the targets, at run time.
  'torch.CrossEntropyLoss.prob',
  // The same call as keras.CategoricalCrossentropy.
  'tf_keras.legacy',
  'tfjs.softmaxCrossEntropy',
  'tfjs.sigmoidCrossEntropy',
  'burn.CrossEntropy',
  'burn.BinaryCrossEntropy',
  'flux',
];
