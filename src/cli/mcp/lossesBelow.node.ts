import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { inferredClasses } from '../../analysis/classes/knownClasses.ts';
import { lineAt, lineStartsOf } from '../../analysis/lineStarts.ts';
import type { SourceSpan } from '../../analysis/sourcePlace.ts';
import { foundConfig } from '../../answers/foundConfig.ts';
import { type FoundIn, ToolError, type ToolWorld } from '../../tools/tool.ts';
import { type CheckedText, checkedFile } from '../check/checkedFile.node.ts';
import { type FoundFile, foundFiles } from '../check/foundFiles.node.ts';
import { Project } from '../check/project.node.ts';

/** So many files of a folder are looked at. */
const MOST_FILES = 5000;
/** How long a cancellation may wait, in milliseconds, beside the file that is being looked at. */
const SLICE_MS = 50;

/** What may be read, and whether the answer is still wanted. */
export interface Reach {
  allows(path: string): boolean;
  readonly signal: AbortSignal;
}

/** The losses of a file, or of the files below a folder. `path` may be read. */
export async function lossesBelow(
  path: string,
  { allows, signal }: Reach,
): ReturnType<ToolWorld['findLosses']> {
  const project = new Project(allows);
  const found: FoundIn[] = [];
  let [files, left, since] = [0, 0, performance.now()];
  for (const file of foundFiles([path], path, allows)) {
    if (performance.now() - since > SLICE_MS) {
      await setImmediate();
      since = performance.now();
    }
    signal.throwIfAborted();
    const losses = files < MOST_FILES ? lossesIn(file, project, file.path === path) : null;
    if (losses) {
      files++;
      found.push(...losses);
    } else left++;
  }
  if (files + left === 0 && statSync(path).isFile())
    throw new ToolError(
      `${path} isn’t a file that sets up losses: Python, notebooks, YAML, JSON, TOML, shell scripts and makefiles are.`,
    );
  return { found, files, left };
}

/** Null for one of many that can't be looked at. */
function lossesIn(file: FoundFile, project: Project, isAsked: boolean): readonly FoundIn[] | null {
  const texts = textsIn(file, project, isAsked);
  if (!texts && isAsked) throw new ToolError(`${file.path} is too large to be code or settings.`);
  return texts?.map((text) => foundIn(text, file.path)) ?? null;
}

function textsIn(file: FoundFile, project: Project, isAsked: boolean): readonly CheckedText[] | null {
  try {
    return checkedFile(file, project);
  } catch (error) {
    if (!isAsked) return null;
    throw new ToolError(
      `${file.path} can’t be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function foundIn({ text, cell, configs }: CheckedText, path: string): FoundIn {
  const starts = lineStartsOf(text);
  const placeOf = (offset: number) => {
    const line = lineAt(starts, offset);
    return { line, character: offset - starts[line]! };
  };
  const rangeOf = ({ from, to }: SourceSpan) => ({ start: placeOf(from), end: placeOf(to) });
  return {
    path,
    cell: cell === null ? null : cell + 1,
    losses: configs.map((config) => foundConfig(config, inferredClasses(config.classes.guess), rangeOf)),
  };
}
