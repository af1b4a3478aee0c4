import * as l10n from '@vscode/l10n';

/** Below a square: whose it is, and what it says. */
export function Caption(props: {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly name: string;
  readonly mark: string;
  readonly says: string;
}) {
  const { x, y, side, name, mark, says } = props;
  return (
    <>
      <text class={`caption ${mark}`} x={x} y={y + 15}>
        {name}
      </text>
      <text class="quiet" x={x + side} y={y + 15} text-anchor="end">
        {says}
      </text>
    </>
  );
}

/** The scale, and what to look for. */
export function Words({ x, side }: { readonly x: number; readonly side: number }) {
  const gradient = 'torn-to-certain';
  const lines = l10n.t('The truth has a strong colour\nonly far from the borders.').split('\n');
  return (
    <g transform={`translate(${x},${side / 2 - 34})`}>
      <defs>
        <linearGradient id={gradient}>
          <stop offset="0" class="torn" />
          <stop offset="1" class="sure" />
        </linearGradient>
      </defs>
      <rect width={Math.min(140, side)} height={10} fill={`url(#${gradient})`} />
      <text class="quiet" y={26}>
        {l10n.t('undecided')}
      </text>
      <text class="quiet" x={Math.min(140, side)} y={26} text-anchor="end">
        {l10n.t('certain')}
      </text>
      {lines.map((line, i) => (
        <text key={line} y={50 + 16 * i}>
          {line}
        </text>
      ))}
    </g>
  );
}
