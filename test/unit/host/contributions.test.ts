import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXTENSIONS, formatOf } from '../../../src/engine/fileFormats.ts';
import { COMMANDS, OVERVIEW_VIEW_TYPE, PANEL_VIEW_TYPE, SETTINGS } from '../../../src/host/contributions.ts';
import { ROOT } from '../../vscode/paths.ts';
import { FILES, textOfFile } from '../architecture/imports.ts';

const { contributes, activationEvents = [] } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

describe('what package.json contributes', () => {
  it('has our commands', () => {
    const ids = contributes.commands.map(({ command }: { command: string }) => command);
    expect(ids.toSorted()).toEqual(Object.values(COMMANDS).toSorted());
    const inMenus = Object.values(contributes.menus as Record<string, { command: string }[]>).flat();
    for (const { command } of inMenus) expect(ids).toContain(command);
  });

  it('has our settings, and wakes us for our panel', () => {
    expect(Object.keys(contributes.configuration.properties)).toEqual(Object.values(SETTINGS));
    expect(activationEvents).toContain(`onWebviewPanel:${PANEL_VIEW_TYPE}`);
  });

  it('has our editor, for what VS Code can’t show, and never instead of another', () => {
    expect(contributes.customEditors).toMatchObject([{ viewType: OVERVIEW_VIEW_TYPE, priority: 'option' }]);
    for (const { filenamePattern } of contributes.customEditors[0].selector)
      expect(formatOf(filenamePattern), filenamePattern).toBeDefined();
  });

  it('offers each file that is read in the explorer', () => {
    const [{ when, group }] = contributes.menus['explorer/context'];
    const pattern = /=~ \/(.*)\/i/.exec(when)![1]!;
    for (const extension of EXTENSIONS)
      expect(new RegExp(pattern, 'i').test(`logits.${extension}`), extension).toBe(true);
    // Rename and Delete are in 7_modification.
    expect(group < '7_modification').toBe(true);
  });

  it('has the colours of our style sheets', () => {
    const styles = globSync('media/styles/*.css', { cwd: ROOT }).map((file) =>
      readFileSync(join(ROOT, file), 'utf8'),
    );
    const used = [...styles.join('').matchAll(/--vscode-smoothLabels-(\w+)/g)].map(([, name]) => name);
    const contributed = contributes.colors.map(({ id }: { id: string }) => id.replace('smoothLabels.', ''));
    expect([...new Set(used)].toSorted()).toEqual(contributed.toSorted());
  });

  it('is named in one file only', () => {
    const others = FILES.filter((file) => /'smoothLabels\.(?!received'|painted')/.test(textOfFile(file)));
    expect(others).toEqual(['src/host/contributions.ts']);
  });
});
