import { POSITIVE, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofClass, ofFlags, ofFunction, ofKeys } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import { TEXT } from './languageModels.ts';
import { PYTORCH_RANGE } from './pytorch.ts';

/** Translation and language models sum over tokens, and divide later. */
const TOKENS = { ...TEXT, reduction: 'sum' } as const satisfies Partial<FrameworkApi>;

const CRITERION = /^label_smoothed_cross_entropy/;

const OPENNMT_SIGNS = {
  keys: 'src_vocab tgt_vocab save_model train_steps valid_steps save_checkpoint_steps decay_method world_size gpu_ranks accum_count batch_type enc_layers dec_layers encoder_type decoder_type share_vocab rnn_size transformer_ff max_generator_batches param_init src_seq_length keep_checkpoint position_encoding param_init_glorot',
  least: 3,
};

/** Its `training` section, in a file that has a model and data. */
const JOEYNMT_SIGNS = {
  under: /^training$/,
  topKeys: [['model'], ['data', 'testing']],
  keys: 'joeynmt_version scheduling normalization early_stopping_metric learning_rate_min eval_metric validation_freq plateau label_smoothing batch_multiplier keep_best_ckpts keep_last_ckpts',
  least: 2,
};

/** Losses of translation models. */
export const TRANSLATION: readonly FrameworkApi[] = [
  {
    ...TOKENS,
    id: 'fairseq',
    framework: 'fairseq',
    calls: [
      ofFunction(
        'fairseq.criterions.label_smoothed_cross_entropy.label_smoothed_nll_loss',
        'lprobs target epsilon ignore_index reduce',
        'epsilon',
      ),
      ofClass(
        'fairseq.criterions.label_smoothed_cross_entropy.LabelSmoothedCrossEntropyCriterion',
        'task sentence_avg label_smoothing ignore_prefix_size report_accuracy',
        'label_smoothing',
      ),
      ofFlags('--label-smoothing', {
        signs: [{ words: [/\bfairseq-(?:hydra-)?train\b|fairseq_cli|label_smoothed_cross_entropy/] }],
      }),
      ofKeys('label_smoothing', {
        signs: [
          { beside: { key: '_name', value: CRITERION } },
          { atTop: { key: 'criterion', value: CRITERION } },
        ],
        commands: [{ words: [/label_smoothed_cross_entropy/] }],
      }),
    ],
    conventions: ['UNIFORM_OTHERS'],
    ignore: { argument: 'ignore_index', index: null },
    notes: [
      'fairseq logs the loss in bits and computes the perplexity from the NLL.',
      'The padding class still gets its share of the target.',
      'nat_loss.py and old releases spread α over all K classes.',
    ],
    source: 'facebookresearch/fairseq fairseq/criterions/label_smoothed_cross_entropy.py @3d262bb2',
  },
  {
    ...TOKENS,
    id: 'opennmt_py.old',
    framework: 'OpenNMT-py',
    calls: [
      ofClass(
        'onmt.utils.loss.LabelSmoothingLoss',
        'label_smoothing tgt_vocab_size ignore_index',
        'label_smoothing',
      ),
    ],
    conventions: ['PAD_EXCLUDED'],
    range: {
      from: 0,
      to: 1,
      open: 'from',
      below: 'raises',
      above: 'raises',
      error: 'AssertionError',
      at: 'construction',
    },
    form: 'kl',
    ignore: { argument: 'ignore_index', index: null },
    versions: 'Up to OpenNMT-py 3.0.2.',
    notes: [
      'Smoothing is applied in training only.',
      'Its default ignore_index, −100, is used as an index counted from the end of the vocabulary.',
    ],
    source: 'OpenNMT/OpenNMT-py onmt/utils/loss.py @9d617b8b^',
  },
  // Before OpenNMT: its signs say where the key has to be.
  {
    ...TOKENS,
    id: 'joeynmt',
    framework: 'JoeyNMT',
    calls: [
      ofClass('joeynmt.loss.XentLoss', 'pad_index smoothing', 'smoothing'),
      ofKeys('label_smoothing', { signs: [JOEYNMT_SIGNS] }),
    ],
    conventions: ['PAD_EXCLUDED'],
    range: POSITIVE,
    form: 'kl',
    ignore: { argument: 'pad_index', index: null },
    notes: [
      'Without smoothing it’s a plain cross-entropy, so at α = 0 the loss jumps by the entropy of the targets.',
    ],
    source: 'joeynmt/joeynmt joeynmt/loss.py @cdc4d03',
  },
  {
    ...TOKENS,
    id: 'opennmt_py.new',
    framework: 'OpenNMT-py',
    calls: [
      ofFlags(['--label_smoothing', '-label_smoothing'], {
        signs: [{ words: [/\bonmt_train\b|OpenNMT|\s-(?:save_model|world_size|train_steps|valid_steps)\s/] }],
      }),
      ofKeys('label_smoothing', { signs: [OPENNMT_SIGNS] }),
    ],
    conventions: ['UNIFORM_K'],
    range: PYTORCH_RANGE,
    ignore: { argument: 'ignore_index', index: null },
    versions: 'Since OpenNMT-py 3.0.3.',
    notes: ['The help text still says epsilon/(vocab_size − 1). Applied in validation, too.'],
    verified: 'read',
    source: 'OpenNMT/OpenNMT-py @9d617b8b (#2270), opts.py',
  },
  {
    ...TOKENS,
    id: 'annotated_transformer',
    framework: 'The Annotated Transformer',
    calls: [ofClass('LabelSmoothing', 'size padding_idx smoothing', 'smoothing')],
    conventions: ['PAD_EXCLUDED'],
    form: 'kl',
    ignore: { argument: 'padding_idx', index: null },
    notes: ['With a size of 2 it divides by 0.'],
    source: 'harvardnlp/annotated-transformer the_annotated_transformer.py @debc9fd',
  },
  {
    ...TOKENS,
    id: 'sockeye',
    framework: 'Sockeye',
    calls: [ofFlags('--label-smoothing', { signs: [{ words: [/\bsockeye(?:-train\b|\.train\b)/] }] })],
    conventions: ['UNIFORM_K', 'UNIFORM_OTHERS'],
    choice: '--label-smoothing-impl mxnet and torch are UNIFORM_K, fairseq is UNIFORM_OTHERS',
    chosenBy: {
      argument: 'label-smoothing-impl',
      values: { mxnet: 'UNIFORM_K', torch: 'UNIFORM_K', fairseq: 'UNIFORM_OTHERS' },
      otherwise: 'UNIFORM_K',
    },
    default: 0.1,
    range: POSITIVE,
    reduction: 'mean',
    ignore: { argument: 'ignore_label', index: null },
    verified: 'read',
    source: 'awslabs/sockeye sockeye/loss.py, arguments.py @871d986',
  },
  {
    ...TOKENS,
    id: 'marian',
    framework: 'Marian',
    calls: [
      ofFlags('--label-smoothing', {
        signs: [{ words: [/(?:^|[/\s"'}])marian(?:-train)?(?=["'\s])|--mini-batch-fit\b/] }],
      }),
      ofKeys('label-smoothing', {
        signs: [
          {
            keys: 'vocabs train-sets mini-batch-fit optimizer-delay dim-vocabs transformer-dropout lr-warmup exponential-smoothing valid-metrics enc-depth',
            least: 3,
          },
          { keys: 'type vocabs train-sets' },
        ],
      }),
    ],
    conventions: ['UNIFORM_K'],
    ignore: { argument: 'mask', index: null },
    notes: ['Its Transformer presets set 0.1. Factors aren’t smoothed.'],
    verified: 'read',
    source: 'marian-nmt/marian-dev src/layers/loss.h @c9f287d',
  },
  {
    ...TOKENS,
    id: 'jadore',
    framework: 'attention-is-all-you-need-pytorch',
    calls: [
      ofFunction('cal_loss', 'pred gold trg_pad_idx smoothing', 'smoothing', { ifTrue: 0.1 }),
      ofFlags('-label_smoothing', { signs: [{ words: [/-data_pkl\b/] }], bare: 0.1 }),
    ],
    conventions: ['UNIFORM_OTHERS'],
    default: null,
    range: UNKNOWN_RANGE,
    ignore: { argument: 'trg_pad_idx', index: null },
    notes: ['The argument is True or False; α is always 0.1.'],
    source: 'jadore801120/attention-is-all-you-need-pytorch train.py @132907d',
  },
];
