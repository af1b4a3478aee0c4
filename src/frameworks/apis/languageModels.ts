import { POSITIVE, UNCHECKED } from '../acceptedAlpha.ts';
import { ofClass, ofFlags, ofFunction, ofKeys } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';

/** Models of text and speech: (batch, time, classes), and padding that doesn't count. */
export const TEXT = {
  default: 0,
  range: UNCHECKED,
  reduction: 'mean',
  denominator: 'counted',
  classAxis: -1,
  verified: 'run',
} as const satisfies Partial<FrameworkApi>;

/** Trainers and losses of language models. */
export const TEXT_APIS: readonly FrameworkApi[] = [
  {
    ...TEXT,
    id: 'hf.TrainingArguments',
    framework: 'Hugging Face transformers',
    package: {
      name: 'transformers',
      customary: { transformers: 'transformers' },
    },
    calls: [
      ofClass(
        [
          'transformers.TrainingArguments',
          'transformers.Seq2SeqTrainingArguments',
          'transformers.training_args.TrainingArguments',
        ],
        '',
        'label_smoothing_factor',
        { onlyWithAlpha: true },
      ),
      ofClass('transformers.trainer_pt_utils.LabelSmoother', 'epsilon ignore_index', 'epsilon', {
        default: 0.1,
      }),
      ofKeys('label_smoothing_factor'),
      ofFlags('--label_smoothing_factor'),
    ],
    conventions: ['UNIFORM_K'],
    ignore: { argument: 'ignore_index', index: -100 },
    notes: [
      'Smoothing is applied in evaluation, too: eval_loss is smoothed.',
      'Negative values are applied, too: only 0 turns smoothing off.',
      'Class weights of the model or of a custom loss are ignored. compute_loss_func bypasses smoothing.',
      'Negative labels other than −100 are treated as class 0.',
      'Models without a “labels” input (question answering) aren’t smoothed.',
      'With gradient accumulation, transformers 4.46 to 5.13 doesn’t divide the loss by the number of steps, so gradients are too large. 5.17 divides it (pull request #47261); 5.14 to 5.16 may or may not.',
    ],
    source: 'transformers 5.18.0 trainer.py, trainer_pt_utils.py',
  },
  {
    ...TEXT,
    id: 'allennlp',
    offWithout: true,
    framework: 'AllenNLP',
    calls: [
      ofFunction(
        'allennlp.nn.util.sequence_cross_entropy_with_logits',
        'logits targets weights average label_smoothing gamma alpha',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    default: null,
    range: POSITIVE,
    notes: ['`alpha` is the weight of a focal loss, not the smoothing.'],
    source: 'allenai/allennlp allennlp/nn/util.py @80fb606',
  },
  {
    ...TEXT,
    id: 'thinc',
    framework: 'Thinc',
    calls: [
      ofFunction('thinc.api.to_categorical', 'Y n_classes', 'label_smoothing', { onlyWithAlpha: true }),
      ofClass('thinc.api.CategoricalCrossentropy', '', 'label_smoothing'),
    ],
    conventions: ['UNIFORM_OTHERS'],
    range: {
      from: 0,
      to: 1,
      open: 'to',
      below: 'raises',
      above: 'raises',
      error: 'ValueError',
      at: 'call',
    },
    notes: [
      'This is the only library that refuses every α from (K − 1)/K up, where the true class no longer has the largest target.',
    ],
    verified: 'read',
    source: 'explosion/thinc#707, #830',
  },
  {
    id: 'trl.DPOConfig',
    framework: 'TRL',
    calls: [
      ofClass(['trl.DPOConfig', 'trl.CPOConfig', 'trl.TPOConfig'], '', 'label_smoothing', {
        onlyWithAlpha: true,
      }),
      ofKeys('label_smoothing', {
        signs: [
          {
            keys: 'dpo_beta loss_type reference_free dpo pref_loss max_prompt_length rpo_alpha',
            least: 2,
          },
        ],
      }),
    ],
    conventions: [],
    instead: 'preference',
    default: 0,
    range: {
      from: 0,
      to: 0.5,
      open: 'to',
      below: 'raises',
      above: 'raises',
      error: 'ValueError',
      at: 'construction',
    },
    reduction: 'mean',
    denominator: 'rows',
    verified: 'read',
    source: 'huggingface/trl trl/trainer/dpo_trainer.py @f2cd577',
  },
];
