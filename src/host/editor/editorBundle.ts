// The entry of dist/analysis.js: all that the rest of the extension asks of it.
import { EditorFeatures, type EditorServices } from './lossHints.ts';

export { findLossConfigs } from './findLossConfigs.ts';

export function createEditorFeatures(services: EditorServices): EditorFeatures {
  return new EditorFeatures(services);
}
