import * as l10n from '@vscode/l10n';
import type { UsageFinding } from '../analysis/checks/usageFindings.ts';
import type { LossConfig } from '../analysis/lossConfig.ts';
import { count, exact, fixedNats, plain, probability } from '../words/numberFormat.ts';
import type { Sentences } from '../words/sentences.ts';
import { withPlace } from './placeWords.ts';

/** What is wrong with how a loss is used. */
export const USAGE_MESSAGES: Sentences<'rule', UsageFinding, [config: LossConfig]> = {
  'confidence-alpha': ({ found, on, off }) => {
    const meant = plain(1 - found);
    if (on !== null && off !== null && on < off)
      return l10n.t(
        'α = {0} gives the true class {1} and every other class {2}: it’s no longer the most likely. If the confidence was meant, α is {3}.',
        exact(found),
        probability(on),
        probability(off),
        meant,
      );
    return l10n.t(
      'α = {0} takes {0} of the label away. If the confidence of the true class was meant, α is {1}.',
      exact(found),
      meant,
    );
  },
  'boolean-alpha': ({ argument }, { framework, name }) =>
    l10n.t(
      '{0}=True counts as α = 1 in {1}: nothing is left of the label. Give a number such as 0.1.',
      argument,
      framework ?? name,
    ),
  'old-release': ({ argument, package: asked, version, since }, { name }) =>
    l10n.t(
      '{0} has had {1} since {2} {3}, but this project is pinned to {4}: this raises TypeError.',
      name,
      argument,
      asked,
      since,
      version,
    ),
  'probabilities-as-logits': ({ activation, takesLogs, argument, byBackend, least, place }, { name }) => {
    if (takesLogs)
      return withPlace(
        l10n.t(
          '{0} expects log-probabilities, but receives the output of a {1}: without the logarithm the loss is −p, not −log p.',
          name,
          activation,
        ),
        place,
      );
    const twice = withPlace(
      argument === null
        ? l10n.t(
            '{0} expects logits and applies its own activation, but receives the output of a {1}.',
            name,
            activation,
          )
        : l10n.t(
            '{0} is set to expect logits and applies its own activation, but a {1} has been applied already.',
            name,
            activation,
          ),
      place,
    );
    if (byBackend)
      return `${twice} ${l10n.t('With TensorFlow, Keras falls back to the logits and warns; with JAX and PyTorch it doesn’t.')}`;
    if (!least) return twice;
    const { loss, classes, alpha } = least;
    return `${twice} ${l10n.t(
      'The loss can’t fall below {0} nats (K = {1}, α = {2}).',
      fixedNats(loss, 3),
      classes,
      exact(alpha),
    )}`;
  },
  'logits-as-probabilities': ({ layer, argument, activation, place }, { name }) =>
    withPlace(
      l10n.t(
        '{0} expects probabilities, but the model ends with {1}, which gives logits. Use a loss with {2}=True, or add a {3}.',
        name,
        layer,
        argument,
        activation,
      ),
      place,
    ),
  'weights-move-optimum': ({ moved, to, count: classes, ratio, limit }) => {
    const first = l10n.t(
      'The weight of class {0} is {1} times that of class {2}. A ratio above {3} moves the optimum: for rows of class {2} the best prediction is class {0}.',
      to,
      plain(ratio),
      moved,
      plain(limit),
    );
    return classes > 1 ? `${first} ${l10n.t('This holds for {0} classes.', count(classes))}` : first;
  },
  'smoothed-twice': ({ by, first, second, together }) =>
    together === null || first === null
      ? l10n.t(
          'The targets are already smoothed by {0}, and are smoothed again here with α = {1}.',
          by,
          exact(second),
        )
      : l10n.t(
          'The targets are already smoothed by {0} (α = {1}), and are smoothed again here with α = {2}: together α = {3}.',
          by,
          exact(first),
          exact(second),
          exact(together),
        ),
  'smoothed-evaluation': ({ shown, least }, { alpha }) =>
    least === null
      ? l10n.t(
          'The loss of this evaluation ({0}) is smoothed with α = {1}: it can’t reach 0, and isn’t comparable with the NLL of other models.',
          shown,
          exact(alpha.value ?? 0),
        )
      : l10n.t(
          'The loss of this evaluation ({0}) is smoothed with α = {1}: it can’t fall below {2} nats, and isn’t comparable with the NLL of other models.',
          shown,
          exact(alpha.value ?? 0),
          fixedNats(least, 3),
        ),
  'smoothed-stopping': ({ callback, monitor }, { alpha }) =>
    l10n.t(
      '{0} watches {1}, which is smoothed with α = {2}: that loss rises when the model becomes more confident, even on correct predictions.',
      callback,
      monitor,
      exact(alpha.value ?? 0),
    ),
  'smoothed-perplexity': ({ least }, { alpha }) =>
    least === null
      ? l10n.t(
          'exp of a loss smoothed with α = {0} isn’t the perplexity. Use the NLL without smoothing.',
          exact(alpha.value ?? 0),
        )
      : l10n.t(
          'exp of a loss smoothed with α = {0} isn’t the perplexity: it can’t fall below {1}. Use the NLL without smoothing.',
          exact(alpha.value ?? 0),
          plain(least),
        ),
  'masked-logits': ({ finite, place }, { alpha, name }) =>
    withPlace(
      finite
        ? l10n.t(
            'Classes are masked with the lowest finite number, but {0} gives each class a share of α = {1}: the loss becomes huge.',
            name,
            exact(alpha.value ?? 0),
          )
        : l10n.t(
            'Classes are masked with −∞, but {0} gives each class a share of α = {1}: the loss becomes infinite.',
            name,
            exact(alpha.value ?? 0),
          ),
      place,
    ),
  'padding-counts': ({ padding, argument }, { name }) =>
    l10n.t(
      'Padding counts in {0} and is smoothed, too. Set {1} to the target of the padding ({2}).',
      name,
      argument,
      padding,
    ),
  'trainer-accumulation': ({ steps, version }) =>
    version === null
      ? l10n.t(
          'In transformers from 4.46 to 5.13, Trainer doesn’t divide a smoothed loss by gradient_accumulation_steps if the model’s forward takes **kwargs. Gradients are then up to {0} times too large. 5.17 divides it; 5.14 to 5.16 may or may not.',
          steps,
        )
      : l10n.t(
          'In transformers {1}, Trainer doesn’t divide a smoothed loss by gradient_accumulation_steps if the model’s forward takes **kwargs. Gradients are then up to {0} times too large.',
          steps,
          version,
        ),
  'trainer-multi-label': () =>
    l10n.t('Trainer switches label smoothing off for multi_label_classification: nothing is smoothed.'),
  'trainer-own-loss': ({ by }) =>
    l10n.t('{0} computes the loss instead of Trainer, so label_smoothing_factor has no effect.', by),
  'overwritten-loss': ({ name, line }) =>
    l10n.t(
      '{0} is set again on line {1} before it’s used, so this loss has no effect. Is an else missing?',
      name,
      line + 1,
    ),
  'smoothed-teacher': ({ teacher, alpha }) =>
    l10n.t(
      '{0} is trained with α = {1}, and its probabilities are distilled: smoothing removes what they say about similar classes, and students often get worse.',
      teacher,
      exact(alpha),
    ),
};
