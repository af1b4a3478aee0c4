import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONVENTION_NAMES } from '../../../../src/loss/conventions/conventions.ts';
import { PRESETS } from '../../../../src/webview/playground/played/answers.ts';
import { columnsOf, leastClasses, mayBeTrue } from '../../../../src/webview/playground/played/columns.ts';
import {
  freshState,
  isStateOf,
  playedFigures,
  presetOf,
  withClasses,
  withLogit,
  withPreset,
  withProbability,
} from '../../../../src/webview/playground/played/playedState.ts';
import { spoken, whatChanged } from '../../../../src/webview/playground/played/whatChanged.ts';

const PYTORCH = { convention: 'UNIFORM_K', form: 'ce' } as const;

const tried = fc
  .record({
    convention: fc.constantFrom(...CONVENTION_NAMES),
    form: fc.constantFrom('ce', 'kl' as const),
    classes: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 2 ** 31 - 10 })),
    labelSmoothing: fc.oneof(fc.constantFrom(0, 0.1, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ convention, form, classes: more, labelSmoothing }) => {
    const loss = { convention, form };
    const classes = leastClasses(convention) + more;
    return { loss, state: freshState(loss, { labelSmoothing, classes }) };
  });

describe('the playground', () => {
  it('begins with [0.02, 0.02, 0.92, 0.02, 0.02]', () => {
    expect(playedFigures(freshState(PYTORCH), PYTORCH).targets).toEqual([0.02, 0.02, 0.92, 0.02, 0.02]);
  });

  it('takes α and K from code, and what code doesn’t say from the example', () => {
    expect(freshState(PYTORCH, { labelSmoothing: 0.3, classes: null })).toMatchObject({
      labelSmoothing: 0.3,
      classes: 5,
    });
  });

  it('has a sentence without holes, and finite figures, for whatever is done', () => {
    fc.assert(
      fc.property(tried, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), ({ loss, state }, n, p) => {
        const columns = columnsOf(loss.convention, state.classes);
        const column = n % columns.sizes.length;
        const changes = [
          [state, { kind: 'nothing' }],
          [state, { kind: 'alpha', from: 0.1 }],
          [state, { kind: 'class' }],
          [state, { kind: 'classes' }],
          ...PRESETS.map((name) => [withPreset(state, name, loss), { kind: 'preset', name }] as const),
          [withProbability(state, column, p, loss), { kind: 'answer', column }],
        ] as const;
        for (const [next, change] of changes) {
          const figures = playedFigures(next, loss);
          const said = whatChanged(change, { state: next, loss, columns, figures });
          expect(spoken(said)).not.toMatch(/[{}]|undefined|NaN|Infinity/);
          expect([...said.text.matchAll(/\{(\w+)\}/g)].filter(([, name]) => !said.parts[name!])).toEqual([]);
          expect([figures.loss, figures.excess, figures.hardLoss].every(Number.isFinite)).toBe(true);
          expect(isStateOf(next, loss)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('“Just right” leaves nothing to learn, and is said to; at α = 0 it says that nothing is', () => {
    const played = (labelSmoothing: number, name: 'right' | 'sure') => {
      const state = withPreset(freshState(PYTORCH, { labelSmoothing, classes: 5 }), name, PYTORCH);
      const figures = playedFigures(state, PYTORCH);
      const columns = columnsOf('UNIFORM_K', 5);
      return {
        figures,
        said: spoken(whatChanged({ kind: 'preset', name }, { state, loss: PYTORCH, columns, figures })),
      };
    };
    const right = played(0.1, 'right');
    expect(right.figures.excess).toBeLessThan(1e-12);
    expect(right.said).toContain('The loss is still 0.390, not 0');
    expect(played(0, 'right').said).toContain('With α = 0 nothing is ever just right');
    expect(played(0.1, 'sure').said).toBe(
      'Right, but too sure: 0.996 is more than its target, 0.92, so training lowers it. The arrow points down.',
    );
    expect(played(0, 'sure').said).toContain('at 0.996 the arrow still points up');
    expect(played(0.001, 'sure').said).toContain('With so little smoothing this isn’t too sure');
  });

  it('knows which preset an answer is, until it’s changed', () => {
    const sure = withPreset(freshState(PYTORCH), 'sure', PYTORCH);
    expect(presetOf(sure, PYTORCH, PRESETS)).toBe('sure');
    expect(presetOf(withLogit(sure, 0, 2), PYTORCH, PRESETS)).toBeUndefined();
    // Another α makes another answer right.
    const right = withPreset(freshState(PYTORCH), 'right', PYTORCH);
    expect(presetOf({ ...right, labelSmoothing: 0.2 }, PYTORCH, PRESETS)).toBeUndefined();
  });

  it('gives a bar the p it was dragged to', () => {
    fc.assert(
      fc.property(
        tried,
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        ({ loss, state }, n, p) => {
          const { sizes } = columnsOf(loss.convention, state.classes);
          const column = n % sizes.length;
          fc.pre(sizes[column] === 1);
          const { probabilities } = playedFigures(withProbability(state, column, p, loss), loss);
          expect(probabilities[column]).toBeCloseTo(p, 6);
        },
      ),
    );
  });

  it('keeps the answers of classes that stay, and has a true class, when K changes', () => {
    fc.assert(
      fc.property(tried, fc.integer({ min: 0, max: 2000 }), ({ loss, state }, more) => {
        const next = withClasses(state, leastClasses(loss.convention) + more, loss);
        expect(isStateOf(next, loss)).toBe(true);
        expect(mayBeTrue(columnsOf(loss.convention, next.classes), next.trueClass)).toBe(true);
      }),
    );
    const dragged = withLogit(freshState(PYTORCH), 0, 5);
    expect(withClasses(dragged, 7, PYTORCH).logits[0]).toBe(5);
  });

  it('doesn’t take what another version kept', () => {
    expect(isStateOf({ ...freshState(PYTORCH), logits: [1, 2] }, PYTORCH)).toBe(false);
    expect(isStateOf({ ...freshState(PYTORCH), trueClass: 7 }, PYTORCH)).toBe(false);
    expect(isStateOf(undefined, PYTORCH)).toBe(false);
  });
});
