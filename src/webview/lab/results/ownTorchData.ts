import { pythonComment, pythonString } from '../../../escape/python.ts';
import type { OwnTorchData } from '../../../lab/experiments/torchRows.ts';
import type { OwnData } from '../../../protocol/labChannel.ts';

/** How someone's data get into a program: where that isn't known, a line says what has to be there. */
export function ownTorchData({
  features,
  labels,
  inputs,
  classes,
  leftOut,
  sampledFrom,
}: OwnData): OwnTorchData {
  const isFile = (name: string) => /^[^/\\›]+\.npy$/.test(name);
  const lines =
    isFile(features) && isFile(labels)
      ? [`X, y = np.load(${pythonString(features)}), np.load(${pythonString(labels)})`]
      : [
          pythonComment(
            `Features (rows, ${inputs}) of ${features}, and a class number for each row of ${labels}.`,
          ),
          'X, y = features, labels',
        ];
  if (leftOut > 0)
    lines.push(
      '# Without the rows that can’t be used.',
      'kept = np.isfinite(X).all(1) & (y % 1 == 0) & (y >= 0)',
      'X, y = X[kept], y[kept]',
    );
  if (sampledFrom !== null) lines.push('# The lab used only some of these rows.');
  return { load: [...lines, 'y = y.astype(int)'].join('\n'), classes };
}
