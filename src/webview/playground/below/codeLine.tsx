import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { type CodeDialect, equivalentIn } from '../../../frameworks/equivalent.ts';
import type { Played } from '../played/whatChanged.ts';

/** Those a beginner meets first. */
const FRAMEWORKS: readonly CodeDialect[] = ['PyTorch', 'NumPy', 'Keras'];

/** The same in code, to be copied. */
export function CodeLine({ played }: { readonly played: Played }) {
  const [framework, setFramework] = useState<CodeDialect>('PyTorch');
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
          {FRAMEWORKS.map((name) => (
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
