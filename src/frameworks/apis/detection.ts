import { UNCHECKED, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofClass, ofFlags, ofFunction, ofKeys } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import { PYTORCH_RANGE } from './pytorch.ts';

const DETECTION = {
  conventions: ['BINARY_HALF'],
  default: 0,
  range: UNCHECKED,
  reduction: 'mean',
  denominator: 'rows',
  verified: 'read',
} as const satisfies Partial<FrameworkApi>;

/** A program of it, or one that takes `--data coco.yaml --weights yolov5s.pt`. */
const YOLO_COMMANDS = [
  { words: [/yolov5|--hyp\s/] },
  { words: [/--weights\s/, /--data\s+\S*\.yaml(?:\s|$)/] },
];

const YOLO_SIGNS = {
  keys: 'lr0 lrf hsv_h hsv_s hsv_v mosaic fl_gamma anchor_t cls_pw obj_pw box nbs',
  least: 3,
};

/** Losses of object detectors and their classifiers. */
export const DETECTION_APIS: readonly FrameworkApi[] = [
  // Before the detector: its command line has the detector's signs, too.
  {
    ...DETECTION,
    id: 'yolov5.classify',
    framework: 'YOLOv5',
    calls: [ofFlags('--label-smoothing', { signs: [{ words: [/classify\/train\.py/] }] })],
    conventions: ['UNIFORM_K'],
    default: 0.1,
    range: PYTORCH_RANGE,
    notes: [
      'The detector’s flag of the same name means something else. Validation is smoothed, too.',
      'With PyTorch older than 1.10, smoothing is dropped with a warning.',
    ],
    source: 'ultralytics/yolov5 classify/train.py, utils/torch_utils.py @5081342',
  },
  {
    ...DETECTION,
    id: 'yolov5.detect',
    framework: 'YOLOv5',
    calls: [
      ofFlags('--label-smoothing', { signs: YOLO_COMMANDS }),
      ofKeys('label_smoothing', { signs: [YOLO_SIGNS] }),
      ofFunction(['utils.loss.smooth_BCE', 'utils.loss.smooth_bce'], 'eps', 'eps', { default: 0.1 }),
    ],
    notes: ['For the classes of boxes, not for objectness.'],
    source: 'ultralytics/yolov5 utils/loss.py @5081342',
  },
  {
    ...DETECTION,
    id: 'bolts.yolo',
    framework: 'Lightning Bolts',
    calls: [ofClass('pl_bolts.models.detection.YOLO', '', 'label_smoothing', { onlyWithAlpha: true })],
    default: null,
    offWithout: true,
    range: UNKNOWN_RANGE,
    source: 'Lightning-Universe/lightning-bolts src/pl_bolts/models/detection/yolo/loss.py @34958a8',
  },
  {
    ...DETECTION,
    id: 'gluoncv.imagenet',
    framework: 'GluonCV',
    calls: [
      ofFlags('--label-smoothing', {
        signs: [{ words: [/--mode\s+hybrid/] }, { words: [/train_imagenet/, /--rec-train/] }],
        bare: 0.1,
      }),
      ofFunction('smooth', 'label classes eta', 'eta'),
    ],
    conventions: ['UNIFORM_K'],
    default: null,
    range: UNKNOWN_RANGE,
    notes: ['The flag takes no value: it sets α to 0.1.'],
    source: 'dmlc/gluon-cv scripts/classification/imagenet/train_imagenet.py @5677756',
  },
  {
    ...DETECTION,
    id: 'gluoncv.yolo3',
    framework: 'GluonCV',
    calls: [ofFlags('--label-smooth', { signs: [{ words: [/yolo/i] }], bare: null })],
    conventions: [],
    instead: 'fixed',
    default: null,
    range: UNKNOWN_RANGE,
    notes: ['There is no α: the amount of smoothing depends on K and is at most 1/40.'],
    source: 'dmlc/gluon-cv gluoncv/model_zoo/yolo/yolo_target.py @5677756',
  },
];
