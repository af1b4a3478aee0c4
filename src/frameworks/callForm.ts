import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { CommandSigns, ConfigSigns } from './surroundings.ts';

/** How an API is called, or set in a config file or on a command line. */
export type CallForm = CodeForm | KeyForm | FlagForm;

interface AnyForm {
  /** Full names; a framework may export one thing under several. Of a key or flag, as written. */
  readonly paths: readonly string[];
  /** In the order in which they can be given by position, without self. Keyword-only ones aren't here. */
  readonly parameters: readonly string[];
  /** The parameter that holds α; null if there's none. By position it's where it is among the parameters. */
  readonly argument: string | null;
  /** α where it's left out, if that differs from the API's default. */
  readonly default?: number;
}

/** A call in code. A path without a dot is an example's: people copy it, and it's known by its name and parameters. */
export interface CodeForm extends AnyForm {
  readonly kind: 'class' | 'function' | 'method' | 'builder';
  /** Of an API with several conventions, the one this form has. */
  readonly convention?: ConventionName;
  /** It takes α among much else, or only makes targets: a call without α says nothing of a loss. */
  readonly onlyWithAlpha?: true;
  /** The argument holds 1 − α. */
  readonly complement?: true;
  /** α where True is given. Absent: what True does isn't known. */
  readonly ifTrue?: number;
  /** None isn't “no smoothing” but an error. */
  readonly refusesNone?: true;
  /** A parameter that is False where nothing is to be smoothed, whatever α is. */
  readonly switch?: string;
  /** Bare names by which the framework's own config files know it. */
  readonly registered?: RegisteredNames;
  /** Parameters given by position for which a number between 0 and 1 is an α gone astray: `CategoricalCrossentropy(0.1)`. */
  readonly traps: readonly string[];
}

/** `withArgument`: other frameworks have these names, too, but not α's argument with them. */
interface RegisteredNames {
  readonly names: readonly string[];
  readonly withArgument?: true;
}

/** A key of config files, or of a dict in Python. Without `signs` the key is this framework's alone. */
export interface KeyForm extends AnyForm {
  readonly kind: 'key';
  /** Any of these shows that the key is this API's. */
  readonly signs?: readonly ConfigSigns[];
  /** Any of these shows that an override of the key (`criterion.label_smoothing=0.1`) on a command line is this API's. */
  readonly commands?: readonly CommandSigns[];
}

/** An option of a command line. Dashes and underscores are the same. Without `signs` it's this framework's alone. */
export interface FlagForm extends AnyForm {
  readonly kind: 'flag';
  readonly signs?: readonly CommandSigns[];
  /** α where the flag stands without a value; null if it then has no α. Absent: it takes a value. */
  readonly bare?: number | null;
}

/** The position of α among the arguments, from 0; undefined if it can be given by name only. */
export function positionOf({ parameters, argument }: CallForm): number | undefined {
  const position = argument === null ? -1 : parameters.indexOf(argument);
  return position === -1 ? undefined : position;
}

/** Parameters of losses, in any framework, that no number between 0 and 1 is meant for. */
const NEVER_FRACTIONS = new Set([
  'from_logits',
  'weight',
  'ignore_index',
  'reduction',
  'name',
  'apply_class_balancing',
]);

function form(kind: CodeForm['kind']) {
  return (
    paths: string | readonly string[],
    parameters: string,
    argument: string | null,
    more: Omit<Partial<CodeForm>, keyof AnyForm | 'kind'> & { readonly default?: number } = {},
  ): CodeForm => {
    const names = parameters === '' ? [] : parameters.split(' ');
    return {
      kind,
      paths: typeof paths === 'string' ? [paths] : paths,
      parameters: names,
      argument,
      traps: names.filter((name) => NEVER_FRACTIONS.has(name)),
      ...more,
    };
  };
}

/** A class: its paths, its parameters by position (separated by spaces), the one for α, what else is special. */
export const ofClass = form('class');
/** A function, told as a class is. */
export const ofFunction = form('function');
/** A method of any object of its package: `logits.cross_entropy(…)`. */
export const ofMethod = form('method');
/** A class of another language that is told α by a method. */
export const ofBuilder = form('builder');

/** Keys of config files, and what shows whose they are. */
export function ofKeys(
  names: string | readonly string[],
  more: Pick<KeyForm, 'signs' | 'commands'> = {},
): KeyForm {
  return { kind: 'key', paths: [names].flat(), parameters: [], argument: null, ...more };
}

/** Flags of a command line, and what shows whose they are. */
export function ofFlags(
  names: string | readonly string[],
  more: Pick<FlagForm, 'signs' | 'bare'> = {},
): FlagForm {
  return { kind: 'flag', paths: [names].flat(), parameters: [], argument: null, ...more };
}
