import { env, l10n, type Uri } from 'vscode';
import { markupText } from '../../escape/markup.ts';
import type { ArrayOverview, FileOverview } from '../../readers/arrays/fileOverview.ts';
import type { CandidateRole } from '../../readers/readProblem.ts';
import { count } from '../../words/numberFormat.ts';
import { sizesOf } from '../../words/shapeText.ts';
import { OVERVIEW_SCRIPT, OVERVIEW_STYLE } from './overviewLooks.ts';

/** What is shown of a file: what is in it, or why that can't be read. */
type Shown = { readonly overview: FileOverview } | { readonly problem: string };

/** The page of the editor for files of arrays: all of it is here, so it loads nothing. */
export function overviewHtml(uri: Uri, shown: Shown): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const name = markupText(uri.path.slice(uri.path.lastIndexOf('/') + 1));
  const body = 'problem' in shown ? problemPart(shown.problem) : overviewPart(shown.overview);
  return `<!DOCTYPE html>
<html lang="${markupText(env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style nonce="${nonce}">${OVERVIEW_STYLE}</style>
</head>
<body>
<main>
<h1>${name}</h1>
${body}
</main>
<script nonce="${nonce}">${OVERVIEW_SCRIPT}</script>
</body>
</html>`;
}

function problemPart(problem: string): string {
  return `<p class="problem" role="alert">${markupText(problem)}</p>`;
}

function overviewPart(overview: FileOverview): string {
  const { arrays, count: all, parameterCount } = overview;
  const logits = arrays.filter(({ role }) => role !== null && SCORES.has(role));
  const summary = all === 1 ? l10n.t('1 array') : l10n.t('{0} arrays', count(all));
  const hint =
    logits.length > 0 || arrays.length === 0
      ? ''
      : `<p class="hint">${markupText(l10n.t('No array looks like logits. You can open one anyway.'))}</p>`;
  const button = arrays.length > 0 ? openButton(l10n.t('Open in Smooth Labels'), undefined, 'primary') : '';
  const rest =
    all > arrays.length
      ? `<p class="hint">${markupText(l10n.t('{0} more arrays aren’t listed.', count(all - arrays.length)))}</p>`
      : '';
  const table = arrays.length > 0 ? tableOf(arrays, true) : '';
  return [
    `<p>${markupText(summary)}</p>`,
    hint,
    button,
    table,
    rest,
    parameterCount > 0 ? parametersPart(overview) : '',
  ].join('\n');
}

/** A model's parameters, which would flood the list: closed, and the first of them. */
function parametersPart({ parameters, parameterCount }: FileOverview): string {
  const more = parameterCount - parameters.length;
  const title =
    parameterCount === 1
      ? l10n.t('1 parameter of a model')
      : l10n.t('{0} parameters of a model', count(parameterCount));
  const rest = more > 0 ? `<p class="hint">${markupText(l10n.t('and {0} more', count(more)))}</p>` : '';
  return `<details><summary>${markupText(title)}</summary>${tableOf(parameters, false)}${rest}</details>`;
}

const SCORES: ReadonlySet<CandidateRole> = new Set(['logits', 'log-probabilities', 'probabilities']);

function roleText(role: CandidateRole): string {
  switch (role) {
    case 'logits':
      return l10n.t('logits');
    case 'log-probabilities':
      return l10n.t('log-probabilities');
    case 'probabilities':
      return l10n.t('probabilities');
    case 'targets':
      return l10n.t('targets');
    case 'predictions':
      return l10n.t('predictions');
  }
}

function tableOf(arrays: readonly ArrayOverview[], mayOpen: boolean): string {
  const heads = [l10n.t('Name'), l10n.t('Shape'), l10n.t('Type')];
  const others = mayOpen ? [l10n.t('Role'), l10n.t('First values')] : [];
  const cells = [...heads, ...others].map((head) => `<th scope="col">${markupText(head)}</th>`);
  const rows = arrays.map((array) => rowOf(array, mayOpen));
  return `<div class="scroll"><table><thead><tr>${cells.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function rowOf({ name, shape, type, role, first, isReadable }: ArrayOverview, mayOpen: boolean): string {
  const isOpenable = mayOpen && isReadable && shape.length > 0 && type !== 'text';
  const named = isOpenable ? openButton(name, name, 'link') : markupText(name);
  const facts = [
    `<th scope="row">${named}</th>`,
    `<td>${markupText(sizesOf(shape))}</td>`,
    `<td>${markupText(type ?? '')}</td>`,
  ];
  if (!mayOpen) return `<tr>${facts.join('')}</tr>`;
  const values = isReadable || type === 'text' ? first.map(shortened).join(', ') : l10n.t('can’t be read');
  const marked = role ? `<span class="role ${role}">${markupText(roleText(role))}</span>` : '';
  return `<tr>${facts.join('')}<td>${marked}</td><td class="values">${markupText(values)}</td></tr>`;
}

const LONGEST = 24;

function shortened(value: string): string {
  return value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value;
}

function openButton(label: string, member: string | undefined, kind: 'primary' | 'link'): string {
  const array = member === undefined ? '' : ` data-array="${markupText(member)}"`;
  return `<button type="button" class="${kind}" data-open${array}>${markupText(label)}</button>`;
}
