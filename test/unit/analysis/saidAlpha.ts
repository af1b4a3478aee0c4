import { analyzed } from './corpus.ts';

type Context = Parameters<typeof analyzed>[2];

/** α of the last loss: what's known of it, and what may have set it. */
export function alphaIn(code: string, context: Context = {}): string {
  const { configs } = analyzed(`from torch import nn\n${code}\n`, 'python', context);
  const { state, value, values, unknown } = configs.findLast(({ api }) => api.startsWith('torch.'))!.alpha;
  const where = unknown?.place?.cell !== undefined && context?.cells ? `cell ${unknown.place.cell}` : '';
  const file = unknown?.place?.module ?? where;
  const place = unknown?.place ? `${file === '' ? '' : `${file} `}line ${unknown.place.line + 1}` : '';
  const why = unknown?.place ? `: ${unknown.name}, ${place}` : '';
  return `${state}${value === undefined ? '' : ` ${value}`}${values.length > 0 ? ` ${values.join(' ')}` : ''}${why}`;
}
