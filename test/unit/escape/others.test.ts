import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../src/escape/characters.ts';
import { fileName } from '../../../src/escape/fileName.ts';
import { jsonString } from '../../../src/escape/jsonString.ts';
import { labelText } from '../../../src/escape/label.ts';
import { markupText } from '../../../src/escape/markup.ts';
import { anyName } from '../../fixtures/anyName.ts';
import { HOSTILE_NAMES } from '../../fixtures/hostileNames.ts';

const examples = HOSTILE_NAMES.map((name): [string] => [name]);

function always(check: (name: string) => void, numRuns = 2000): void {
  fc.assert(fc.property(anyName, check), { numRuns, examples });
}

describe('a text on one line', () => {
  it('has no end of a line, no control character, and none that turns the text around it', () =>
    always((name) => {
      expect(oneLine(name)).not.toMatch(
        /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
      );
    }));

  it('is the text itself, if it has none of these', () => {
    for (const name of ['logits', 'Größe (m²) – 模型 🦊', '👩‍👩‍👧', 'می‌خواهم'])
      expect(oneLine(name)).toBe(name);
  });
});

describe('a text in HTML or SVG', () => {
  it('has nothing that begins or ends an element, an attribute or an entity', () =>
    always((name) => {
      expect(markupText(name)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      // XML takes neither these nor their numbers.
      expect(markupText(name)).not.toMatch(/[\p{Cc}\p{Cs}\ufffe\uffff]/u);
    }));

  it('reads as it was written', () =>
    always((name) => {
      const read = markupText(name)
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
      expect(read).toBe(oneLine(name));
    }));
});

describe('a text in a label or a message of VS Code', () => {
  // The patterns of VS Code: for icons in labels, and for links in messages.
  const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
  const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

  it('has no icon and no link', () =>
    always((name) => {
      expect(labelText(name)).not.toMatch(ICON);
      expect(labelText(name)).not.toMatch(LINK);
      expect(labelText(name).length).toBeLessThan(2100);
    }));

  it('reads as it was written', () =>
    always((name) => {
      if (name.length <= 1000)
        expect(labelText(name).replaceAll('\u2060', '')).toBe(oneLine(name).replaceAll('\u2060', ''));
    }));
});

describe('a text as the name of a file', () => {
  it('is one in the folder it’s put in, on Windows too', () =>
    always((name) => {
      const file = fileName(name);
      expect(posix.join('/folder', file)).toBe(`/folder/${file}`);
      expect(win32.join('C:\\folder', file)).toBe(`C:\\folder\\${file}`);
      expect(file).not.toMatch(/^[.\-\s]|[.\s]$|[<>:"|?*]/);
      expect(file).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
      expect(oneLine(file)).toBe(file);
      expect(new TextEncoder().encode(file).length).toBeGreaterThan(0);
      expect(new TextEncoder().encode(file).length).toBeLessThan(200);
    }));

  it.each([
    ['digits', 'digits'],
    ['model/head · run:1', 'model-head · run-1'],
    ['../../etc/passwd', 'etc-passwd'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['', 'logits'],
    ['..', 'logits'],
  ])('%j is %j', (text, file) => expect(fileName(text)).toBe(file));
});

describe('a text in JSON', () => {
  it('comes back as it was, from a line that hides nothing', () =>
    always((name) => {
      expect(JSON.parse(jsonString(name))).toBe(name);
      expect(jsonString(name)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202e\ufeff]/u);
    }));
});
