import { fieldOf, parsedJson } from './notebookJson.ts';

/** A Python cell of a notebook. */
export interface NotebookCell {
  readonly text: string;
  /** Zero-based, of all cells. */
  readonly index: number;
}

/** The Python cells of a notebook's JSON; none of what isn't one. */
export function pythonCells(json: string): readonly NotebookCell[] {
  const notebook = parsedJson(json);
  const language = text(fieldOf(fieldOf(fieldOf(notebook, 'metadata'), 'kernelspec'), 'language'));
  if (language !== undefined && language !== 'python') return [];
  const cells = fieldOf(notebook, 'cells');
  if (!Array.isArray(cells)) return [];
  return cells.flatMap((cell: unknown, index) => {
    if (fieldOf(cell, 'cell_type') !== 'code') return [];
    const source = fieldOf(cell, 'source');
    const code = Array.isArray(source) ? source.join('') : text(source);
    return code === undefined ? [] : [{ text: code, index }];
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
