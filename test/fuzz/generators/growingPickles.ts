import type { Growing } from './growing.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (each) => each.charCodeAt(0));

/** A pickle that begins with `start`, has `piece` as often as there is room for it, and ends with `end`. */
const pickle = (
  name: string,
  start: string,
  piece: string | ((index: number) => string),
  end: string,
): Growing => ({
  name,
  make: (length) => {
    const own = typeof piece === 'string' ? () => piece : piece;
    const parts = [start];
    for (let size = start.length, i = 0; size < length; i++) {
      const part = own(i);
      parts.push(part);
      size += part.length;
    }
    return bytes(`${parts.join('')}${end}`);
  },
});

const short = (text: string) => `\x8c${String.fromCharCode(text.length)}${text}`;
const FLOAT = 'G\x3f\xf8\x00\x00\x00\x00\x00\x00';
const ROW = `](${FLOAT}${FLOAT}${FLOAT}e`;
const START = '\x80\x04';

/** Pickles that are hard on whoever follows them: long, deep, remembered, and of many small things. */
export const GROWING_PICKLES: readonly Growing[] = [
  pickle('numbers in a list', `${START}](`, FLOAT, 'e.'),
  pickle('numbers that are appended one by one', `${START}]`, `${FLOAT}a`, '.'),
  pickle('rows', `${START}](`, ROW, 'e.'),
  pickle('rows of other lengths', `${START}](`, (i) => (i % 2 ? ROW : `](${FLOAT}e`), 'e.'),
  pickle('records', `${START}](`, `}(${short('logits')}${ROW}${short('label')}K\x01u`, 'e.'),
  pickle('records of other keys', `${START}](`, (i) => `}(${short(`k${i}`)}${ROW}u`, 'e.'),
  pickle('keys', `${START}}(`, (i) => `${short(`key${i}`)}${ROW}`, 'u.'),
  pickle('the same key', `${START}}(`, `${short('logits')}${ROW}`, 'u.'),
  pickle('a row by the names of samples', `${START}}(`, (i) => `${short(`${i}.jpg`)}${ROW}`, 'u.'),
  pickle('one list, remembered', `${START}${ROW}q\x00](`, 'h\x00', 'e.'),
  pickle(
    'a list of lists, remembered',
    `${START}](${`${ROW}q\x00`}${'h\x00'.repeat(200)}eq\x01](`,
    'h\x01',
    'e.',
  ),
  pickle('lists in lists', START, ']', `${'a'.repeat(40)}.`),
  pickle('marks', START, '(', '.'),
  pickle('what is put aside', `${START}N`, (i) => `p${i}\n`, '.'),
  pickle('objects', `${START}](`, `cos\nsystem\n${short('x')}\x85R`, 'e.'),
  pickle('objects with a state', `${START}](`, `cos\nsystem\n)\x81}${short('logits')}${ROW}sb`, 'e.'),
  pickle('strings', `${START}](`, short('cat'), 'e.'),
  pickle('lines of a text', '(', 'Vcat\n', 'l.'),
  pickle('a long text', `${START}](V`, 'x\\u00e9', '\ne.'),
  pickle('strings of Python 2', '(', "S'a\\x41'\n", 'l.'),
  pickle('sets', `${START}](`, '\x8f(K\x01K\x02\x90', 'e.'),
];
