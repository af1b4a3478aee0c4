import * as l10n from '@vscode/l10n';
import { markdownText } from '../../../escape/markdown.ts';
import { PAPERS } from '../../../lab/experiments/papers.ts';
import { plain } from '../../../words/numberFormat.ts';
import type { ShownClaim } from '../claims/shownClaim.ts';
import { shownClaims } from '../claims/shownClaims.ts';
import { verdictWord } from '../claims/verdictText.ts';
import { type StoryView, suitingAlpha } from '../state/storyView.ts';
import { dataName, storyName, storyQuestion } from '../words/dataWords.ts';
import { changeText, changeWithUnit, figureText, fixed } from '../words/labNumbers.ts';
import { lessonOf, oftenSaid } from '../words/lessons.ts';

/** The results of a story as Markdown: what was trained, what was claimed, and every seed's figures. */
export function labMarkdown(view: StoryView, version: string): string {
  const claims = shownClaims(view);
  return [
    `# ${storyName(view.state.story)}: ${storyQuestion(view.state.story)}`,
    ...[...setupLines(view), trainedWith(view, version)].map((line) => `- ${line}`),
    ...answerLines(view),
    ...claims.flatMap((claim) => claimLines(claim, view)),
    '',
  ]
    .join('\n\n')
    .replaceAll('\n\n- ', '\n- ');
}

function setupLines({ part, state, store, epoch }: StoryView): readonly string[] {
  if (!part) {
    const [taught] = store.teaching.runs;
    return taught
      ? [l10n.t('Teachers with α = 0 and α = {0}, {1} seeds', plain(taught.alpha), taught.seeds)]
      : [];
  }
  const { data, settings, seeds } = part.plan;
  const { start } = part.runs[0]!;
  const own = state.own ? `${state.own.features}, ${state.own.labels}` : '';
  const last = epoch ?? part.runs[0]!.snapshots.at(-1)?.epoch ?? 0;
  const { optimizer } = settings;
  return [
    l10n.t('Data: {0}', markdownText(typeof data === 'string' ? dataName(data) : own)),
    l10n.t('α: {0}; convention {1}', settings.alphas.map(plain).join(', '), settings.convention),
    l10n.t(
      'Rows: {0} for training, {1} for choosing a temperature, {2} held out',
      start?.trainRows ?? settings.sizes.train,
      start?.validationRows ?? settings.sizes.validation,
      start?.testRows ?? 0,
    ),
    l10n.t('Hidden layers: {0}', settings.hidden.length > 0 ? settings.hidden.join(', ') : '–'),
    l10n.t(
      '{0}, learning rate {1}, weight decay {2}, batches of {3}',
      optimizer.kind === 'adam' ? 'Adam' : 'SGD',
      plain(optimizer.learningRate),
      plain(settings.weightDecay),
      settings.batchSize,
    ),
    l10n.t('Epoch {0} of {1}, {2} seeds', last, settings.epochs, seeds * part.runs.length),
  ];
}

/** What is often said, and what became of it here; of someone's data which α was chosen. */
function answerLines(view: StoryView): readonly string[] {
  const { part, state, isEnd } = view;
  const suiting = state.story === 'own' && isEnd ? suitingAlpha(part) : undefined;
  const answer = lessonOf(view);
  return [
    ...(part && suiting
      ? [`**${l10n.t('Chosen: α = {0}', plain(part.plan.settings.alphas[suiting.alpha]!))}**`]
      : []),
    ...(answer ? [`${l10n.t('Often said: “{said}”', { said: oftenSaid(state.story) })} **${answer}**`] : []),
  ];
}

function trainedWith({ part }: StoryView, version: string): string {
  const start = part?.runs[0]?.start;
  return start
    ? l10n.t('Trained in VS Code by Smooth Labels {0} with TensorFlow.js ({1})', version, start.backend)
    : l10n.t('Trained in VS Code by Smooth Labels {0} with TensorFlow.js', version);
}

function claimLines(
  { title, claim, pairs, verdict }: ShownClaim,
  { alpha, store }: StoryView,
): readonly string[] {
  if (!pairs) return [];
  const { figure } = claim;
  const said = verdict
    ? `**${verdictWord(verdict.code)}** ${changeWithUnit(figure, verdict.interval.mean)} [${changeText(figure, verdict.interval.low)}, ${changeText(figure, verdict.interval.high)}] (${fixed(100 * verdict.interval.level, 1)} %)`
    : l10n.t('So far:');
  const smoothed = plain(
    store.teaching.runs[0] && !store.parts.length ? store.teaching.runs[0].alpha : alpha,
  );
  const rows = pairs.without.map(
    (value, seed) =>
      `| ${seed + 1} | ${figureText(figure, value)} | ${figureText(figure, pairs.smoothed[seed]!)} |`,
  );
  const table = [`| ${l10n.t('seed')} | α = 0 | α = ${smoothed} |`, '| --- | --- | --- |', ...rows].join(
    '\n',
  );
  const papers = PAPERS[claim.id].map(
    ({ authors, year, title: name, link }) => `${authors} ${year}, [${name}](${link})`,
  );
  return [`## ${title}`, said, table, papers.join('; ')];
}
