import { describe, expect, it } from 'vitest';
import { fixtureDefinitions } from './definitions.ts';
import { readingOf } from './readings.ts';

describe('losses written by hand are read by executing them', () => {
  for (const definition of fixtureDefinitions()) {
    it(`${definition.file}: ${definition.title}`, () => {
      expect(readingOf(definition)).toBe(definition.expected);
    });
  }

  it('there are more than a hundred of them', () => {
    expect(fixtureDefinitions().length).toBeGreaterThan(100);
  });
});
