import { describe, expect, it, vi } from 'vitest';
import { claimsOf } from '../../../../src/analysis/claims/lossClaims.ts';
import { inferredClasses } from '../../../../src/analysis/classes/knownClasses.ts';
import { type AnalysisLanguage, isAnalysisLanguage } from '../../../../src/analysis/hintWords.ts';
import type { LossConfig } from '../../../../src/analysis/lossConfig.ts';
import { fixedNats, plain } from '../../../../src/words/numberFormat.ts';
import { analyzed, CASES } from '../../analysis/corpus.ts';
import { FILES, partsOf } from './fieldGrades.ts';
import { documentOf, shownOf } from './shown.ts';

vi.mock('vscode', () => import('../vscode.ts'));

const SOURCES: readonly {
  readonly name: string;
  readonly text: string;
  readonly language: AnalysisLanguage;
}[] = [
  ...CASES.map(({ file, name, source, language }) => ({ name: `${file}: ${name}`, text: source, language })),
  ...FILES.flatMap((file) =>
    partsOf(file).flatMap(({ text, language }) =>
      isAnalysisLanguage(language) ? [{ name: file, text, language }] : [],
    ),
  ),
];

interface Said {
  readonly source: string;
  readonly name: string;
  readonly config: LossConfig;
  readonly claims: ReturnType<typeof claimsOf>;
}

const SAID: readonly (readonly Said[])[] = SOURCES.map(({ name, text, language }) =>
  analyzed(text, language).configs.map((config) => ({
    source: text,
    name: `${name}, line ${config.line + 1}`,
    config,
    claims: claimsOf(config, inferredClasses(config.classes.guess)?.value ?? null),
  })),
);

function isHard({ claims: { effect } }: Said): boolean {
  return effect.kind === 'hard';
}

/** The definition of what a call calls, by its indentation. */
function definitionOf({ source, config }: Said): { readonly from: number; readonly to: number } | undefined {
  const name = config.name.split('.').at(-1) ?? '';
  const match = new RegExp(`^([ \\t]*)(?:def|class) ${name}\\b.*`, 'm').exec(source);
  if (!match) return undefined;
  const rest = source.slice(match.index + match[0].length);
  const end = new RegExp(`^(?!${match[1]}[ \\t]|\\s*$)`, 'm').exec(rest.slice(1));
  return { from: match.index, to: match.index + match[0].length + (end ? end.index + 1 : rest.length) };
}

describe('two lenses of a file', () => {
  it('don’t say hard targets inside of what is smoothed by the call that uses it', () => {
    const contradictions = SAID.flatMap((all) =>
      all
        .filter(({ config, claims }) => config.entry && claims.effect.kind === 'smoothed')
        .flatMap((outer) => {
          const body = definitionOf(outer);
          const inside = all.filter(
            (each) =>
              body && each !== outer && body.from < each.config.span.from && each.config.span.to <= body.to,
          );
          return inside.length > 0 && inside.every(isHard) ? [`${outer.name}: ${inside[0]!.name}`] : [];
        }),
    );
    expect(contradictions).toEqual([]);
  });

  it('don’t say different things of the same call', () => {
    const contradictions = SAID.flatMap((all) => {
      const byCall = new Map<string, Said>();
      return all.flatMap((each) => {
        const { config, source } = each;
        const text = source.slice(config.span.from, config.span.to);
        // Constants and parameters may be others in between.
        if (config.kind !== 'call' || /[a-z_]\w*(?![\w(.=])/i.test(text.slice(text.indexOf('(')))) return [];
        const before = byCall.get(text);
        byCall.set(text, each);
        const same = !before || before.claims.effect.kind === each.claims.effect.kind;
        return same ? [] : [`${before.name} and ${each.name}`];
      });
    });
    expect(contradictions).toEqual([]);
  });
});

describe('a lens, its hover, the panel and the API', () => {
  it.each(SAID.flat().map((said) => [said.name, said] as const))('say the same: %s', (_, said) => {
    const { config, claims, source } = said;
    const { lens, hover, snapshot } = shownOf(config, documentOf(source));
    const { effect, targets, floor } = claims;
    const values = targets !== null && targets !== 'soft' ? targets : null;
    expect(lens.includes('hard targets')).toBe(effect.kind === 'hard');
    expect(hover.includes('Hard targets:')).toBe(effect.kind === 'hard' && !/only one class/.test(hover));
    if (effect.kind === 'soft') expect(lens).toContain('soft targets');
    if (effect.kind === 'smoothed' || effect.kind === 'executed') {
      expect(lens.includes(' → ')).toBe(values !== null);
      if (values) expect(lens).toContain(`${plain(values.on)} / ${plain(values.off)}`);
      expect(/floor [−\d.]+ nats/.exec(lens)?.[0]).toBe(
        floor === null ? undefined : `floor ${fixedNats(floor, 3)} nats`,
      );
      if (floor !== null) expect(hover).toContain(fixedNats(floor, 6));
      if (effect.kind === 'smoothed') expect(snapshot.labelSmoothing).toBe(effect.alpha);
    } else if (effect.kind !== 'callers') {
      expect(lens).not.toContain('floor');
    }
    if (effect.kind === 'hard' || effect.kind === 'soft') expect(snapshot.labelSmoothing).toBe(0);
    if (effect.kind === 'callers') expect(lens).toMatch(/^α from /);
    if (effect.kind === 'unknown') {
      expect(lens).toMatch(/unknown/);
      expect(hover).toMatch(/isn’t known/);
      expect(snapshot.labelSmoothing).toBeNull();
    }
  });
});
