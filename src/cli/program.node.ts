// What Node starts: everything that a test can't hand in.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from './commandLine.ts';

const { stdout, stderr } = process;
/** Erases to the end of the line. */
const ERASE = '\u001b[K';

// Whoever reads has seen enough: `smooth-labels check . | head`.
stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit();
});

const progress = stderr.isTTY
  ? (line: string) => {
      stderr.write(`\r${line.slice(0, Math.max(0, (stderr.columns ?? 80) - 1))}${ERASE}`);
    }
  : null;

runCommandLine(process.argv.slice(2), {
  folder: process.cwd(),
  version: packageVersion(),
  print: (text) => void stdout.write(text),
  error: (text) => void stderr.write(text),
  progress,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    stderr.write(`smooth-labels: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 2;
  },
);

function packageVersion(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
