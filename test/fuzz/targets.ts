import type { FuzzTarget } from './target.ts';
import { ANALYSIS_TARGETS } from './targets/analysis.ts';
import { npyTarget, npzTarget, safetensorsTarget } from './targets/arrays.ts';
import { encodingsTarget } from './targets/encodings.ts';
import { executeTarget } from './targets/execute.ts';
import { exportsTarget } from './targets/exports.ts';
import { jsonTarget } from './targets/json.ts';
import { jsonTargetsTarget } from './targets/jsonTargets.ts';
import { LIBRARY_TARGETS } from './targets/libraries.ts';
import { locateTarget } from './targets/locate.ts';
import { notebookTarget } from './targets/notebookOutputs.ts';
import {
  framesTarget,
  joblibTarget,
  legacyTorchTarget,
  objectsTarget,
  pickleTarget,
  torchTarget,
} from './targets/pickles.ts';
import { htmlTarget, printedTarget } from './targets/printed.ts';
import { rolesTarget } from './targets/roles.ts';
import { settingsTarget } from './targets/settings.ts';
import { sumsTarget } from './targets/sums.ts';
import { tableTarget, tableTargetsTarget } from './targets/table.ts';
import { formsTarget, servedTarget } from './targets/textForms.ts';

/** All that is fuzzed: each reader, the analysis of each language, and what goes out of the panel. */
export const TARGETS: readonly FuzzTarget[] = [
  jsonTarget,
  jsonTargetsTarget,
  settingsTarget,
  locateTarget,
  printedTarget,
  htmlTarget,
  notebookTarget,
  formsTarget,
  servedTarget,
  rolesTarget,
  sumsTarget,
  tableTarget,
  tableTargetsTarget,
  npyTarget,
  npzTarget,
  safetensorsTarget,
  ...LIBRARY_TARGETS,
  torchTarget,
  legacyTorchTarget,
  pickleTarget,
  joblibTarget,
  framesTarget,
  objectsTarget,
  encodingsTarget,
  exportsTarget,
  ...ANALYSIS_TARGETS,
  executeTarget,
];

/** Throws an Error if there's no target of this name. */
export function targetNamed(name: string): FuzzTarget {
  const target = TARGETS.find((each) => each.name === name);
  if (!target)
    throw new Error(`There is no target ${name}. There are: ${TARGETS.map((each) => each.name).join(', ')}`);
  return target;
}
