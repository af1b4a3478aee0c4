import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { TOOLS } from '../../../src/tools/smoothLabelsTools.ts';
import { ROOT } from '../../vscode/paths.ts';

const FILE = join(ROOT, 'package.json');
const manifest = JSON.parse(readFileSync(FILE, 'utf8'));
const contributed: { name: string; modelDescription: string; inputSchema: unknown }[] =
  manifest.contributes.languageModelTools;

/** What package.json has to say of a tool's input. */
function schemaOf({ schema }: (typeof TOOLS)[number]): unknown {
  const { $schema: _, ...own } = toJsonSchema(schema, { errorMode: 'ignore' });
  return own;
}

if (process.env.WRITE) {
  for (const tool of TOOLS) {
    const entry = contributed.find(({ name }) => name === tool.name)!;
    entry.modelDescription = tool.description;
    entry.inputSchema = schemaOf(tool);
  }
  writeFileSync(FILE, `${JSON.stringify(manifest, null, 2)}\n`);
}

describe('the tools that package.json contributes', () => {
  it('are those there are', () => {
    expect(contributed.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
  });

  it.each(TOOLS.map((tool) => [tool.name, tool] as const))(
    'say and take what %s does (WRITE=1)',
    (name, tool) => {
      const { modelDescription, inputSchema } = contributed.find((each) => each.name === name)!;
      expect({ modelDescription, inputSchema }).toEqual({
        modelDescription: tool.description,
        inputSchema: schemaOf(tool),
      });
    },
  );

  it.each(contributed.map(({ name, modelDescription }) => [name, modelDescription] as const))(
    'say of %s what it does, when to use it, and when not, in a few sentences',
    (_, description) => {
      expect(description).toMatch(/\bUse it\b/);
      expect(description).toMatch(/\bNot\b/);
      expect(description.length).toBeLessThan(700);
    },
  );
});
