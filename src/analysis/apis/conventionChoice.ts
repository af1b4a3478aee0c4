import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import type { ConventionEvidence } from '../lossConfig.ts';

/** What an argument comes to, as far as a choice needs it; undefined where it's left out. */
type ArgumentValue = (argument: string) => { readonly kind: string; readonly text?: string } | undefined;

/** An API, with those that have the same calls. */
interface Choosable {
  readonly api: FrameworkApi;
  readonly variants: readonly FrameworkApi[];
  /** The form of call that is used, where there's one. */
  readonly form?: { readonly convention?: ConventionName };
}

interface ChosenConvention {
  readonly entry: FrameworkApi;
  readonly convention: ConventionName | null;
  readonly by: ConventionEvidence;
}

/** Of an API with several conventions, or several APIs with the same calls, the one that this call, key or flag has. */
export function chosenConvention(
  { api, variants, form }: Choosable,
  valueFor: ArgumentValue,
): ChosenConvention {
  const unknown: ChosenConvention = { entry: api, convention: null, by: null };
  if (form?.convention) return { entry: api, convention: form.convention, by: 'api' };
  const { chosenBy, conventions } = api;
  if (!chosenBy)
    return conventions.length === 1 ? { ...unknown, convention: conventions[0]!, by: 'api' } : unknown;
  const value = valueFor(chosenBy.argument);
  if (!value) return { entry: api, convention: chosenBy.otherwise, by: 'api' };
  const { text } = value;
  const isKnown = text !== undefined && Object.hasOwn(chosenBy.values, text);
  const convention = isKnown ? chosenBy.values[text]! : null;
  const entry = convention && [api, ...variants].find((each) => each.conventions.includes(convention));
  return entry ? { entry, convention, by: 'argument' } : unknown;
}
