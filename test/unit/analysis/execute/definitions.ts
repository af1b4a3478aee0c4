import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const FOLDER = join(import.meta.dirname, '../../../fixtures/analysis/execute');

/** What the modules of PyTorch and NumPy begin with; the others have their imports in front of the first definition. */
const HEADER =
  'import functools\nimport math\nimport numpy as np\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

/** One definition of the fixtures, as a module of its own. */
export interface FixtureDefinition {
  readonly file: string;
  readonly title: string;
  readonly text: string;
  /** The last class or function: the one that is asked about. */
  readonly name: string;
  /** How the oracle calls it. */
  readonly call: string | null;
  /** What is expected to be read, as `readingInWords` says it. */
  readonly expected: string;
  /** Lines in front of it in `text`. */
  readonly headerLines: number;
}

/** All definitions, in order of the files. */
export function fixtureDefinitions(): FixtureDefinition[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => blocksOf(file.replace('.txt', ''), readFileSync(join(FOLDER, file), 'utf8')));
}

function blocksOf(file: string, text: string): FixtureDefinition[] {
  const own = text.startsWith('import') ? text.slice(0, text.indexOf('\n# ') + 1) : '';
  const header = own || (file === 'numpy' ? 'import numpy as np\n' : HEADER);
  return text
    .slice(own.length)
    .split('\n----\n')
    .map((block) => {
      const [asked = '', expected = ''] = block.split('\n==> ');
      const [code = '', call = ''] = asked.split('\n>>> ');
      const title = code.split('\n')[0]!.replace('# ', '');
      const names = [...code.matchAll(/^(?:class|def) (\w+)/gm)].map(([, name]) => name!);
      return {
        file,
        title,
        text: `${header}${code}\n`,
        name: names.at(-1)!,
        call: call === '' ? null : call.trim(),
        expected: expected.trim(),
        headerLines: header.split('\n').length - 1,
      };
    });
}
