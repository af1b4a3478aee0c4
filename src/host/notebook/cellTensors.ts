import type { NotebookCell } from 'vscode';
import { bytesOfOutput, type TensorText, tensorTexts } from '../../answers/notebook/cellOutputs.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { PlacedProblem, SourceMember } from '../../protocol/engineChannel.ts';
import { printedName } from './fullPrint.ts';

/** A tensor in the outputs of a cell. */
export interface CellTensor {
  readonly cell: NotebookCell;
  /** Which of the cell's texts it's in (`tensorTexts`). */
  readonly output: number;
  /** Its name, if there are others in the text. */
  readonly member: string | undefined;
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string | null;
}

/** What was found in the outputs of a cell. */
interface CellContent {
  readonly tensors: readonly CellTensor[];
  /** Why a text that looked like a tensor can't be read. */
  readonly problems: readonly PlacedProblem[];
}

interface Known {
  readonly parts: readonly Uint8Array[];
  readonly content: Promise<CellContent>;
}

/** What readers call a tensor that has no name of its own. */
const NUMBERED = /^\w+ \d+$/;

/** Finds tensors in cells: in the engine, once for each output, and without waking it for outputs that have none. */
export class CellTensors {
  readonly #engine: Pick<EngineClient, 'list'>;
  readonly #known = new WeakMap<NotebookCell, Known>();

  constructor(engine: Pick<EngineClient, 'list'>) {
    this.#engine = engine;
  }

  of(cell: NotebookCell): Promise<CellContent> {
    const texts = tensorTexts(cell);
    const parts = texts.flatMap((text) => text.parts);
    const known = this.#known.get(cell);
    // VS Code keeps the bytes of an output as they are, and takes others for another output.
    if (known?.parts.length === parts.length && known.parts.every((part, i) => part === parts[i]))
      return known.content;
    const content = this.#find(cell, texts);
    this.#known.set(cell, { parts, content });
    content.catch(() => {
      if (this.#known.get(cell)?.content === content) this.#known.delete(cell);
    });
    return content;
  }

  async #find(cell: NotebookCell, texts: readonly TensorText[]): Promise<CellContent> {
    const tensors: CellTensor[] = [];
    const problems: PlacedProblem[] = [];
    for (const [output, text] of texts.entries()) {
      const origin = { line: 0, character: 0 };
      const listed = await this.#engine.list({ input: { bytes: bytesOfOutput(text) }, origin });
      if (!listed.ok) {
        problems.push(listed.problem);
        continue;
      }
      const several = listed.value.length > 1;
      for (const { name, shape, type } of listed.value) {
        const shown = !several && NUMBERED.test(name) ? printedName(cell.document.getText()) : undefined;
        const member = several ? name : undefined;
        tensors.push({ cell, output, member, name: shown ?? name, shape, type });
      }
    }
    return { tensors, problems };
  }
}

/** True for what may be indices of classes. */
export function isInteger({ type }: Pick<SourceMember, 'type'>): boolean {
  return type !== null && /^(u?int|long|bool)/.test(type);
}

/** True for what may be logits: a row of classes, rows, or more axes. A list of integers is more likely targets. */
export function isLogits(member: Pick<SourceMember, 'shape' | 'type'>): boolean {
  const { shape } = member;
  return shape.length > 0 && shape.every((size) => size > 0) && !(shape.length === 1 && isInteger(member));
}
