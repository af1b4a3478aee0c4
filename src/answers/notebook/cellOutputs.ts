import { hasTensorHint, isDataFrame, isHtmlTable } from './tensorHint.ts';

/** What a program writes for us: JSON as docs/notebook.md has it. */
const OWN_MIME = 'application/vnd.smooth-labels.v1+json';

/** What VS Code calls what is printed. */
export const STDOUT_MIME = 'application/vnd.code.notebook.stdout';
export const STDERR_MIME = 'application/vnd.code.notebook.stderr';

/** An output of a cell in all of its forms, as VS Code has it. */
export interface OutputForms {
  readonly items: readonly { readonly mime: string; readonly data: Uint8Array }[];
}

/** An output that may have tensors in it, as text in UTF-8. */
export interface TensorText {
  readonly mime: string;
  /** In the order they were written. */
  readonly parts: readonly Uint8Array[];
}

/** The outputs of a cell that are worth reading. What a program prints in turns is one text. */
export function tensorTexts({
  outputs,
}: {
  readonly outputs: readonly OutputForms[];
}): readonly TensorText[] {
  const texts: TensorText[] = [];
  let printed: Uint8Array[] | undefined;
  for (const output of outputs) {
    const stdout = output.items.filter(({ mime }) => mime === STDOUT_MIME).map(({ data }) => data);
    if (stdout.length > 0) {
      if (printed) printed.push(...stdout);
      else {
        printed = stdout;
        texts.push({ mime: STDOUT_MIME, parts: printed });
      }
      continue;
    }
    // Warnings on stderr come in between, and don't end what is printed.
    if (isShown(output)) printed = undefined;
    const best = bestItem(output);
    if (best) texts.push({ mime: best.mime, parts: [best.data] });
  }
  return texts.filter(({ mime, parts }) => mime === OWN_MIME || parts.some((part) => hasTensorHint(part)));
}

export function sizeOf({ parts }: TensorText): number {
  return parts.reduce((length, part) => length + part.length, 0);
}

export function bytesOfOutput(text: TensorText): Uint8Array {
  const { parts } = text;
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(sizeOf(text));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Of the forms an output has, the one with the most digits. */
function bestItem({ items }: OutputForms): OutputForms['items'][number] | undefined {
  const of = (wanted: string) => items.find(({ mime }) => mime === wanted);
  const html = of('text/html');
  const text = of('text/plain');
  const isTable =
    html && (isDataFrame(html.data) || (isHtmlTable(html.data) && !(text && hasTensorHint(text.data))));
  return of(OWN_MIME) ?? of('application/json') ?? (isTable ? html : text);
}

function isShown({ items }: OutputForms): boolean {
  return !items.some(({ mime }) => mime === STDERR_MIME);
}
