import { ofClass, ofFlags, ofFunction, ofKeys } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import { TEXT } from './languageModels.ts';
import { PYTORCH_RANGE } from './pytorch.ts';

/** Losses of speech models. */
export const SPEECH_APIS: readonly FrameworkApi[] = [
  {
    ...TEXT,
    id: 'espnet',
    framework: 'ESPnet, WeNet',
    // Chainer's class of the name is told α first, and the size behind it.
    package: { name: 'espnet', lookalikes: { under: 'pytorch_backend', notUnder: 'chainer_backend' } },
    calls: [
      ofClass(
        [
          'espnet.nets.pytorch_backend.transformer.label_smoothing_loss.LabelSmoothingLoss',
          'wenet.transformer.label_smoothing_loss.LabelSmoothingLoss',
        ],
        'size padding_idx smoothing normalize_length',
        'smoothing',
      ),
      ofKeys('lsm_weight'),
      ofFlags('--lsm-weight'),
    ],
    conventions: ['UNIFORM_OTHERS'],
    default: null,
    form: 'kl',
    reduction: 'sum',
    ignore: { argument: 'padding_idx', index: null },
    notes: [
      'The sum is divided by the batch size, or with normalize_length by the number of tokens.',
      'The padding class still gets its share of the target.',
    ],
    source: 'espnet/nets/pytorch_backend/transformer/label_smoothing_loss.py @2f0785c; wenet @01546996',
  },
  {
    ...TEXT,
    id: 'speechbrain.nll_loss',
    framework: 'SpeechBrain',
    calls: [
      ofFunction(
        'speechbrain.nnet.losses.nll_loss',
        'log_probabilities targets length label_smoothing allowed_len_diff weight reduction',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    denominator: 'rows',
    weights: 'hard-part',
    notes: ['bce_loss accepts the argument, too, but it has no meaning there (#353).'],
    source: 'speechbrain/speechbrain speechbrain/nnet/losses.py @9c826ef',
  },
  {
    ...TEXT,
    id: 'speechbrain.kldiv_loss',
    framework: 'SpeechBrain',
    calls: [
      ofFunction(
        'speechbrain.nnet.losses.kldiv_loss',
        'log_probabilities targets length label_smoothing allowed_len_diff pad_idx reduction',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_OTHERS'],
    form: 'kl',
    reduction: 'sum',
    ignore: { argument: 'pad_idx', index: 0 },
    notes: [
      'reduction="mean" is in fact a sum.',
      'Without smoothing it’s nll_loss, a true mean, so the loss jumps at α = 0.',
      'The padding class still gets its share of the target.',
    ],
    source: 'speechbrain/speechbrain speechbrain/nnet/losses.py @9c826ef',
  },
  {
    ...TEXT,
    id: 'nemo',
    framework: 'NeMo',
    package: {
      name: 'nemo',
      aliases: { 'nemo.collections.asr.losses.': 'nemo.collections.common.losses.' },
    },
    calls: [
      ofClass(
        [
          'nemo.collections.common.losses.SmoothedCrossEntropyLoss',
          'nemo.collections.common.losses.smoothed_cross_entropy.SmoothedCrossEntropyLoss',
        ],
        '',
        'label_smoothing',
        { convention: 'UNIFORM_OTHERS' },
      ),
      ofClass(
        [
          'nemo.collections.common.losses.SmoothedNLLLoss',
          'nemo.collections.common.losses.smoothed_cross_entropy.SmoothedNLLLoss',
        ],
        '',
        'label_smoothing',
        { convention: 'UNIFORM_K' },
      ),
    ],
    conventions: ['UNIFORM_K', 'UNIFORM_OTHERS'],
    choice: 'SmoothedNLLLoss is UNIFORM_K, SmoothedCrossEntropyLoss is UNIFORM_OTHERS',
    ignore: { argument: 'pad_id', index: null },
    notes: ['The sum over the mask is divided by slightly more than the size of the mask.'],
    source: 'NVIDIA/NeMo nemo/collections/common/losses/smoothed_cross_entropy.py @8cfedd7',
  },
  {
    ...TEXT,
    id: 'coqui',
    framework: 'Coqui TTS',
    calls: [ofClass('TTS.tts.layers.xtts.gpt.GPT', '', 'label_smoothing', { onlyWithAlpha: true })],
    conventions: ['UNIFORM_K'],
    range: PYTORCH_RANGE,
    denominator: 'weight',
    ignore: { argument: 'ignore_index', index: -1 },
    classAxis: 1,
    verified: 'read',
    source: 'coqui-ai/TTS TTS/tts/layers/xtts/gpt.py @dbf1a08a',
  },
];
