import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { Denominator, Focal, LossForm, Reduction } from '../loss/lossSpec.ts';
import type { AlphaRange } from './acceptedAlpha.ts';
import type { CallForm } from './callForm.ts';
import type { FrameworkPackage } from './frameworkPackage.ts';

/**
 * What a loss computes of targets and logits: cross-entropy; the same less the entropy of the targets (a divergence); a sigmoid
 * for each class; one of these with a focal factor; a sum of losses; anything else.
 */
export type LossKind = 'ce' | 'kl' | 'sigmoid' | 'focal' | 'sum' | 'other';

/**
 * All that is known of one API of a framework. Data only: nothing here computes. An entry has
 *
 * - what it is: `id`, `framework`, `source` (repository and commit, or release) and how that was looked at (`verified`);
 * - how code says it: `calls`, a form for each class, function, config key and flag, with paths, parameters and their positions, α's
 *   argument, its default, and the signs by which shared keys and flags are told apart; `package` for its import names;
 * - what α means: `conventions`, and where there are several what chooses (`chosenBy`, or the form); `range`, `default`;
 * - what loss comes of it: `form`, `focal`, `reduction`, `denominator`, `ignore`, `weights`, `classAxis`. `instead` and `beyond` say
 *   that it isn't a smoothed cross-entropy alone: no figure is shown for what isn't understood;
 * - what people should know: `versions`, `since`, `notes`.
 *
 * The analysis, lenses, hovers, the API for other extensions and the table in docs/semantics.md follow from it.
 * What it says about numbers was checked against the sources named in each entry; test/reference/conventions.json has the findings.
 */
export interface FrameworkApi {
  /** As in docs/semantics.md: what other extensions name it by. */
  readonly id: string;
  readonly framework: string;
  readonly package?: FrameworkPackage;
  readonly calls: readonly CallForm[];
  /** Texts that stand for it where its framework takes one for a loss (`package.takesNames`), with all defaults. */
  readonly names?: readonly string[];
  /** The API that code with the same calls is taken for, unless `chosenBy` says that it's this one. */
  readonly sameCallAs?: string;
  /** Which convention, or which ones. Empty: it has none of them, `instead` says what it has. */
  readonly conventions: readonly ConventionName[];
  /** When which, in words, if there are several. */
  readonly choice?: string;
  /** The argument, key or flag that chooses the convention: of this API, or of those with the same calls. */
  readonly chosenBy?: ChoosingArgument;
  readonly instead?: 'nothing' | 'fixed' | 'focal' | 'preference';
  /** α where the argument is left out. Null: there's no smoothing without it, or it must be given. */
  readonly default: number | null;
  /** Of a null default: None is what the argument is without, and it smooths nothing. */
  readonly offWithout?: true;
  readonly range: AlphaRange;
  /** Absent: a plain cross-entropy. */
  readonly form?: LossForm;
  /** What the loss is, where that doesn't follow from `form`, `focal` and the conventions. */
  readonly computes?: LossKind;
  /** Its targets are probabilities, whatever those are. Absent: one class a row, or 1 and 0. */
  readonly takes?: 'probabilities';
  /** Its targets are probabilities where this argument has this value. */
  readonly takesProbabilitiesWith?: { readonly argument: string; readonly value: boolean };
  /** Takes probabilities unless told otherwise, divides them by their sum, and keeps them 1e−7 away from 0 and 1. */
  readonly clips?: true;
  /** It mixes rows besides, so that the entropy of its targets isn't that of smoothing alone. */
  readonly mixes?: true;
  readonly focal?: Focal;
  /** What the loss has beyond a smoothed cross-entropy: it can't be computed from that alone. */
  readonly beyond?: string;
  /** The reduction where none is asked for. */
  readonly reduction: Reduction;
  readonly denominator: Denominator;
  /** Absent: no target is special. `index` null: it must be given. */
  readonly ignore?: { readonly argument: string; readonly index: number | null };
  /**
   * What class weights multiply: each class of the smoothed target (as in PyTorch), the unsmoothed part of the loss only, or the
   * whole row. Absent: there are none.
   */
  readonly weights?: 'target' | 'hard-part' | 'row';
  /** Where the classes are, if not second: −1 is last. */
  readonly classAxis?: number;
  /** Classes of this name are copied from project to project, with other parameters but with this convention. */
  readonly copiedAs?: string;
  /** Which releases this is true for, in words. */
  readonly versions?: string;
  /** The argument for α came with a release; before, it's a TypeError. */
  readonly since?: ArgumentRelease;
  /** Traps: what surprises people. */
  readonly notes?: readonly string[];
  /** Traps of smoothing: nobody meets them with hard targets. */
  readonly smoothedNotes?: readonly string[];
  /** What an α does that isn’t an ordinary number. */
  readonly oddAlpha?: string;
  /** How it was found out: by running it, by running its formula, or by reading its source only. */
  readonly verified: 'run' | 'formula' | 'read';
  readonly source: string;
}

/** Of several conventions, which one an argument chooses by its text. Any other text: it isn't known. */
interface ChoosingArgument {
  /** A parameter; of config files a key, of commands a flag, where dashes and underscores are the same. */
  readonly argument: string;
  readonly values: Readonly<Record<string, ConventionName>>;
  /** Where it's left out. */
  readonly otherwise: ConventionName;
}

/** The last release of a package without something. */
export interface Release {
  readonly package: string;
  readonly after: string;
}

/** The release after which there is an argument. `never`: packages with the same API that don't get it. */
export interface ArgumentRelease extends Release {
  readonly never: readonly string[];
}
