import { type Bundle, englishStrings } from './strings.ts';

/** A language that no text can be mistaken for: each string in ⟦brackets⟧ and 40 % longer. */
export async function pseudoBundle(): Promise<Bundle> {
  return Object.fromEntries((await englishStrings()).map((text) => [text, `⟦${text}${longer(text)}⟧`]));
}

/** As words, so that lines break as they would. */
function longer(text: string): string {
  const length = Math.ceil(text.replace(/\{\w+\}/g, '00').length * 0.4);
  return text.includes(' ') ? ' többlet'.repeat(Math.ceil(length / 8)).slice(0, length) : 'ä'.repeat(length);
}
