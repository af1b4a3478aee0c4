import { apiOf } from '../../frameworks/catalogue.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import type { ConventionEvidence } from '../lossConfig.ts';
import type { ApiForm } from './callForms.ts';

/** What an argument comes to, as far as a choice needs it. */
type ArgumentValue = (parameter: string) => { readonly kind: string; readonly text?: string } | undefined;

interface Chosen {
  readonly entry: FrameworkApi;
  readonly convention: ConventionName | null;
  readonly by: ConventionEvidence;
}

/** Of an API with more than one convention, which this call has; of one name with several APIs, which. */
export function evidenceOfConvention(
  { api, path }: Pick<ApiForm, 'api' | 'path'>,
  valueFor: ArgumentValue,
): Chosen {
  const chosen = (convention: ConventionName, by: ConventionEvidence = 'api', entry = api): Chosen => ({
    entry,
    convention,
    by,
  });
  if (api.framework === 'MMPretrain') return modeOf(api, valueFor('mode'));
  if (path.endsWith('metrics.BinaryCrossentropy'))
    return chosen('BINARY_HALF', 'api', apiOf('keras.BinaryCrossentropy') ?? api);
  if (path.endsWith('SmoothedNLLLoss')) return chosen('UNIFORM_K');
  if (path.endsWith('SmoothedCrossEntropyLoss')) return chosen('UNIFORM_OTHERS');
  if (path.endsWith('BiTemperedLogisticLoss')) return chosen('UNIFORM_OTHERS');
  if (api.id === 'toolbelt') return chosen('UNIFORM_K');
  const [only, ...more] = api.conventions;
  return only && more.length === 0 ? chosen(only) : { entry: api, convention: null, by: null };
}

const MODES: Readonly<Record<string, string>> = {
  original: 'mmpretrain.original',
  classy_vision: 'mmpretrain.classy',
  multi_label: 'mmpretrain.multi_label',
};

/** MMPretrain's: `mode` says which, and without it `use_sigmoid` does nothing to that. */
export function modeOf(api: FrameworkApi, mode: ReturnType<ArgumentValue>): Chosen {
  if (mode === undefined) return { entry: api, convention: 'UNIFORM_K', by: 'api' };
  const id = mode.text === undefined ? undefined : MODES[mode.text];
  const entry = id === undefined ? undefined : apiOf(id);
  if (!entry) return { entry: api, convention: null, by: null };
  return { entry, convention: entry.conventions[0] ?? null, by: 'argument' };
}
