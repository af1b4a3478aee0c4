import * as l10n from '@vscode/l10n';
import type { AlphaOutside, LossFinding } from '../analysis/checks/findings.ts';
import type { LossConfig } from '../analysis/lossConfig.ts';
import type { Outside } from '../frameworks/acceptedAlpha.ts';
import { intervalText } from '../words/interval.ts';
import { exact } from '../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../words/sentences.ts';
import { EXECUTED_MESSAGES } from './executedMessages.ts';
import { USAGE_MESSAGES } from './usageMessages.ts';

/** What is wrong with a loss configuration. */
export function findingMessage(finding: LossFinding, config: LossConfig): string {
  return sentenceFrom(MESSAGES, 'rule', finding, config);
}

const MESSAGES: Sentences<'rule', LossFinding, [config: LossConfig]> = {
  ...USAGE_MESSAGES,
  ...EXECUTED_MESSAGES,
  'alpha-range': (finding, { name, framework }) => {
    const { found, range, does, integer } = finding;
    if (Number.isNaN(found)) return `${l10n.t('α is NaN.')} ${COMES_OF_IT[does](framework ?? name, finding)}`;
    const outside = integer
      ? l10n.t('α must be a float, and {0} isn’t one.', exact(found))
      : l10n.t('α = {0} is outside {1}.', exact(found), intervalText(range));
    const meant = finding.percent ? ` ${l10n.t('If it’s a percentage, write {0}.', exact(found / 100))}` : '';
    return `${outside} ${COMES_OF_IT[does](framework ?? name, finding)}${meant}`;
  },
  'no-such-argument': ({ argument, since }, { name }) =>
    since === null
      ? missingArgument(name, argument)
      : l10n.t(
          '{0} needs {2} newer than {3} for {1}: {3} and older versions raise TypeError.',
          name,
          argument,
          since.package,
          since.after,
        ),
  'other-parameter': ({ found, parameter, argument }) =>
    l10n.t(
      '{0} is passed to {1} here, not to {2}, so nothing is smoothed.',
      exact(found),
      parameter,
      argument,
    ),
};

/** What a framework does with an α that it doesn't take. */
const COMES_OF_IT: Readonly<Record<Outside, (who: string, finding: AlphaOutside) => string>> = {
  raises: (who, { found, range: { error, at } }) => {
    const raised = (error ?? l10n.t('an error')).replace(
      /\bX\b/,
      Number.isNaN(found) ? 'nan' : String(found),
    );
    return at === 'construction'
      ? l10n.t('{0} raises {1} when it’s constructed.', who, raised)
      : l10n.t('On the first forward pass {0} raises {1}.', who, raised);
  },
  applies: (who) => l10n.t('{0} uses it anyway, so targets fall outside 0…1.', who),
  off: (who) => l10n.t('{0} treats it as 0, so nothing is smoothed.', who),
  nan: (who) => l10n.t('{0} returns NaN.', who),
  unknown: (who) => l10n.t('What {0} does with such a value isn’t known.', who),
};

/** An argument that an API has in no release. */
export function missingArgument(name: string, argument: string): string {
  return l10n.t('{0} has no argument {1}: this raises TypeError.', name, argument);
}
