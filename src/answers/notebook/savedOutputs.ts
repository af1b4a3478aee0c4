import { fieldOf, parsedJson } from '../../problems/files/notebookJson.ts';
import { type OutputForms, STDERR_MIME, STDOUT_MIME } from './cellOutputs.ts';

/** A cell of a notebook's file, with what it had put out when it was saved. */
export interface SavedCell {
  /** From 0, of all cells. */
  readonly index: number;
  readonly outputs: readonly OutputForms[];
}

/** The cells of a notebook's JSON, as VS Code would open them; null for what isn't a notebook. */
export function savedCells(json: string): readonly SavedCell[] | null {
  const cells = fieldOf(parsedJson(json), 'cells');
  if (!Array.isArray(cells)) return null;
  return cells.map((cell: unknown, index) => {
    const outputs = fieldOf(cell, 'outputs');
    return { index, outputs: Array.isArray(outputs) ? outputs.map(outputOf) : [] };
  });
}

function outputOf(output: unknown): OutputForms {
  if (fieldOf(output, 'output_type') === 'stream') {
    const mime = fieldOf(output, 'name') === 'stderr' ? STDERR_MIME : STDOUT_MIME;
    return { items: [{ mime, data: bytesOf(fieldOf(output, 'text')) }] };
  }
  const data = fieldOf(output, 'data');
  const forms = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  return { items: forms.map(([mime, value]) => ({ mime, data: bytesOf(value) })) };
}

/** Texts are kept as one string or as lines; JSON as what it is. */
function bytesOf(value: unknown): Uint8Array {
  const isLines = Array.isArray(value) && value.every((line) => typeof line === 'string');
  const text = typeof value === 'string' ? value : isLines ? value.join('') : JSON.stringify(value ?? '');
  return new TextEncoder().encode(text);
}
