import { describe, expect, it } from 'vitest';
import { isolated, nameOfClass, shownName, withIsolates } from '../../../src/webview/widgets/classNames.ts';

describe('the name of a class', () => {
  it('is what its source says, or its index', () => {
    expect(nameOfClass(1, ['a', '007'])).toBe('007');
    expect([nameOfClass(7, null), nameOfClass(2, ['a', 'b'])]).toEqual(['7', '2']);
  });

  it('is shown on one line, without marks that turn it', () => {
    expect(shownName('evil\u202egnp.exe')).toBe('evil\ufffdgnp.exe');
    expect(shownName('a\nb\u2068\u2066')).toBe('a b\ufffd\ufffd');
  });

  it.each(['שלום', 'مرحبا 3', 'cat قط', '\u{1e900}'])('of %s stays apart from the text around it', (name) => {
    expect(isolated(name)).toBe(`\u2068${name}\u2069`);
  });

  it.each(['cat', '国立', 'αβγ', '007', '🦊', ''])('of %j is as it is within a text', (name) => {
    expect(isolated(name)).toBe(name);
  });

  it('can’t end or begin the isolate it’s in', () => {
    expect(isolated('ש\u2069\u202e\u2067')).toBe('\u2068ש\ufffd\ufffd\ufffd\u2069');
  });

  it('is in a file as it’s shown', () => {
    expect(withIsolates(`<text>${isolated('שלום')} ✓\u202e\u0001</text>\n`)).toBe(
      '<text>\u2068שלום\u2069 ✓\ufffd\ufffd</text> ',
    );
  });
});
