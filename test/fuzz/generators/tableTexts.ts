import { counts, type Growing, parts, repeats } from './growing.ts';

/** Tables, and what only looks like one. */
export const TABLE_TEXTS: readonly Growing[] = [
  repeats('rows', '1.25,-0.5,3\n'),
  repeats('rows with a header', '1.25,-0.5,3\n', 'a,b,c\n'),
  counts('rows with an index and a name', (i) => `${i},name ${i},1.5,2.5\n`, 'id,file,logit_0,logit_1\n'),
  repeats('rows with targets', '1.5,2.5,1\n', 'a,b,label\n'),
  repeats('rows with names', '1.5,2.5,b\n', 'a,b,label\n'),
  repeats('rows of semicolons', '1.5;2.5;3\n'),
  repeats('rows of spaces', ' 1.5   2.5 3 \n'),
  repeats('rows of tabs', '\t1.5\t2.5\t\n'),
  repeats('one column', '1\n'),
  repeats('one column of words', 'cat\n'),
  repeats('empty lines', '\n', '1,2\n'),
  repeats('lines of spaces', ' \n', '1,2\n'),
  repeats('lines of tabs', '\t\n', '1\t2\n'),
  repeats('tabs', '\t'),
  repeats('tabs and spaces', '\t '),
  repeats('commas', ','),
  repeats('lines that end with \\r', '1.5,2.5\r'),
  repeats('lines that end with \\r\\n', '1.5,2.5\r\n'),
  repeats('lines that end with a comma', '1,2,3,4,5,6,7,8,9,\n'),
  repeats('long lines with a word', '1,2,3,4,5,6,7,8,x\n'),
  repeats('quoted fields', '"1.5","2.5"\n'),
  repeats('quotes', '"'),
  repeats('quotes in quotes', '""', '1,"'),
  repeats('quotes that aren’t closed', '1,"2\n'),
  repeats('a field of digits', '7', '1,', 'x\n1,2\n'),
  repeats('fields of digits', `${'7'.repeat(5_000)}x,${'7'.repeat(5_000)}\n`),
  repeats('a number of digits', '7', '1,', '\n1,2\n'),
  repeats('a header of underscores', '_', 'logit', ',b\n1,2\n'),
  repeats('a header of words', 'logit_', '', ',b\n1,2\n'),
  repeats('headers of underscores', `logit${'_'.repeat(5_000)},`, '', 'b\n1,2\n'),
  parts('many columns', (length) => {
    const columns = Math.ceil(length / 10);
    const header = Array.from({ length: columns }, (_, i) => `c${i}`);
    return `${header}\n${header.map(() => 1)}\n`;
  }),
  parts('many columns of logits', (length) => {
    const columns = Math.ceil(length / 16);
    const header = Array.from({ length: columns }, (_, i) => `logit_${i}`);
    return `${header}\n${header.map(() => '1.5')}\n`;
  }),
  parts('many columns of words', (length) => {
    const columns = Math.ceil(length / 8);
    return `${Array.from({ length: columns }, (_, i) => `c${i}`)}\n${Array.from({ length: columns }, () => 'x')}\n`;
  }),
  parts('many columns and a column of names', (length) => {
    const classes = Array.from({ length: Math.ceil(length / 24) }, (_, i) => `c${i}`);
    const row = classes.map(() => 1).join();
    return `${classes},label\n${row},c7\n${row},c${classes.length - 1}\n`;
  }),
  counts('more decimals in each row', (i) => `0.${'1'.repeat(i % 300)},1.5\n`),
  counts('more fields in each row', (i) => `${'1,'.repeat(1 + (i % 50))}1\n`),
  repeats('comments', '# a\n'),
  repeats('pipes', '|1|2|\n'),
];
