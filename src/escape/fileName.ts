import { UNSEEN } from './characters.ts';

/** File systems take 255 bytes; an ending, and what a program puts before or behind, come besides. */
const MOST_BYTES = 180;
const DEVICES = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)/i;

/** A text as the name of a file, wherever it's saved: in the folder it's put in, seen there, and no option of a command. */
export function fileName(text: string): string {
  const name = text
    .replace(/[\\/:*?"<>|\p{Zl}\p{Zp}]+/gu, '-')
    .replace(UNSEEN, '-')
    .replace(/^[\s.-]+/, '');
  const short = withinBytes(name).replace(/[\s.]+$/, '');
  return short.replace(DEVICES, '_$&') || 'logits';
}

function withinBytes(name: string): string {
  const { read } = new TextEncoder().encodeInto(name, new Uint8Array(MOST_BYTES));
  return name.slice(0, read);
}
