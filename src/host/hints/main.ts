// The entry of dist/analysis.js: all that the rest of the extension asks of it.
import type { FoundLossConfig } from './findLossConfigs.ts';
import { findLossConfigs as find } from './findLossConfigs.ts';
import { Hints, type HintsServices } from './hints.ts';

export function createHints(services: HintsServices): Hints {
  return new Hints(services);
}

export function findLossConfigs(
  text: string,
  languageId: string,
  fileName?: string,
): Promise<FoundLossConfig[]> {
  return find(text, languageId, fileName);
}
