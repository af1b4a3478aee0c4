import { parser } from '@lezer/python';
import { exportBatch } from '../../../src/engine/export/exportBatch.ts';
import { PROGRAMS, TABLE_FORMATS } from '../../../src/protocol/exportChannel.ts';
import { held, PLAIN } from '../../unit/engine/export/held.ts';
import { decode, encode, expectThat, type FuzzTarget } from '../target.ts';

const VALUES = Float32Array.of(1.5, -2.25, 0.5, 0.25);
const NAMES = ['logits', 'val_logits.npy', 'é 😀', 'a, b', "x'; import os", 'line\nbreak', '=1+1'];

/** What names of files, tensors and classes do to what goes out of the panel: nothing. */
export const exportsTarget: FuzzTarget = {
  name: 'exports',
  samples: NAMES.map(encode),
  tokens: [
    ...'\n \r \u2028 \u0085 \u000b \u000c \u0000 " \' """ \\ # , ; | ` [ ] ( ) { } < > & = + - @ $ % ! * _ import os'.split(
      ' ',
    ),
    '\t',
    '\r\n',
    '\u001b[1m',
    '[x](command:a)',
    '![](https://a)',
    '<script>',
    '=cmd|',
    "os.system('x')\n#",
    '\u202e',
  ],
  *run(bytes) {
    const name = decode(bytes);
    for (const format of PROGRAMS) {
      const program = yield* exported(name, format);
      const [written, usual] = [program, yield* exported('logits', format)].map(structureOf);
      expectThat(written === usual, () => `The ${format} program isn't the same with another name`);
    }
    for (const format of TABLE_FORMATS) {
      const table = yield* exported(name, format);
      const usual = yield* exported('logits', format);
      if (format === 'json') JSON.parse(table);
      else expectThat(linesOf(table) === linesOf(usual), () => `The ${format} has other lines`);
    }
    return 'ok';
  },
};

function* exported(name: string, format: (typeof PROGRAMS)[number] | (typeof TABLE_FORMATS)[number]) {
  const batch = held(VALUES, [2, 2], { kind: 'indices', values: Int32Array.of(0, 1) }, PLAIN);
  const summary = { ...batch.summary, classNames: [name, `${name}2`], keys: { logits: name, targets: name } };
  const exported = yield* exportBatch({ ...batch, summary }, format, {
    loss: PLAIN,
    source: name,
    to: 'clipboard',
  });
  if (!exported.ok || typeof exported.value !== 'string') throw new Error('There is no text');
  return exported.value;
}

/** What Python sees of a program: its syntax, without what is in strings and comments. */
function structureOf(program: string): string {
  const names: string[] = [];
  // To Python this ends a line, too.
  parser.parse(program.replaceAll('\r', '\n')).iterate({
    enter({ name }) {
      if (name !== 'Comment') names.push(name);
    },
  });
  return names.join(' ');
}

function linesOf(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}
