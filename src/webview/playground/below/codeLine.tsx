import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { type CodeDialect, equivalentIn, TARGET_FRAMEWORKS } from '../../../frameworks/equivalent.ts';
import type { Played } from '../played/whatChanged.ts';

/** Those a beginner meets first. */
const FRAMEWORKS: readonly CodeDialect[] = ['PyTorch', 'NumPy', 'Keras'];
/** Frameworks with the same API as one that code is written for. */
const SAME_API: Readonly<Record<string, CodeDialect>> = { TensorFlow: 'Keras' };

interface Props {
  readonly played: Played;
  /** Of the loss in code; null if it has none, or is an example. */
  readonly own: string | null;
}

/** The same in code, to be copied: first for the framework of the loss itself. */
export function CodeLine({ played, own }: Props) {
  const [framework, setFramework] = useState<CodeDialect>(dialectOf(own));
  const [copied, setCopied] = useState('');
  const { state, loss } = played;
  const equivalent = equivalentIn(framework, {
    convention: loss.convention,
    alpha: state.labelSmoothing,
    classes: state.classes,
    form: loss.form,
    reduction: 'mean',
  });
  const code = 'code' in equivalent ? equivalent.code : undefined;
  useEffect(() => setCopied(''), [code]);
  return (
    <div class="code-line">
      <label class="quiet">
        {l10n.t('Copy as')}{' '}
        <select
          value={framework}
          data-control="framework"
          onChange={(event) => setFramework(event.currentTarget.value as CodeDialect)}
        >
          {[...new Set([...FRAMEWORKS, dialectOf(own)])].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {code === undefined ? (
        <p class="quiet">
          {l10n.t(
            '{0} can’t express these targets: it would give the padding class a share, too.',
            framework,
          )}
        </p>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys. */}
          <pre tabIndex={0} data-figure="code">
            {code}
          </pre>
          <button
            type="button"
            data-control="copy"
            onClick={async () => {
              await navigator.clipboard.writeText(code);
              setCopied(code);
            }}
          >
            {l10n.t('Copy')}
          </button>
          <span class="note" role="status">
            {copied === code && l10n.t('Copied')}
          </span>
        </>
      )}
    </div>
  );
}

function dialectOf(framework: string | null): CodeDialect {
  const same = [...FRAMEWORKS, ...TARGET_FRAMEWORKS].find((name) => name === framework);
  return same ?? SAME_API[framework ?? ''] ?? 'PyTorch';
}
