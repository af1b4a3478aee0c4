import { CONVENTION_NAMES, type ConventionName } from '../loss/conventions/conventions.ts';
import { DETECTION_APIS } from './apis/detection.ts';
import { KERNELS } from './apis/fusedKernels.ts';
import { JAX } from './apis/jax.ts';
import { KERAS_APIS } from './apis/keras.ts';
import { TEXT_APIS } from './apis/languageModels.ts';
import { OPENMMLAB } from './apis/openmmlab.ts';
import { OTHERS } from './apis/otherLibraries.ts';
import { PYTORCH } from './apis/pytorch.ts';
import { SEGMENTATION } from './apis/segmentation.ts';
import { SPEECH_APIS } from './apis/speech.ts';
import { TENSORFLOW_APIS } from './apis/tensorflow.ts';
import { TIMM_APIS } from './apis/timm.ts';
import { TRANSLATION } from './apis/translation.ts';
import { VISION_APIS } from './apis/vision.ts';
import type { FrameworkApi } from './frameworkApi.ts';

/**
 * What is known of the frameworks, the most used ones first. Where the signs of two entries fit a command or a config file, the
 * first one counts.
 */
export const FRAMEWORK_APIS: readonly FrameworkApi[] = [
  ...PYTORCH,
  ...KERAS_APIS,
  ...TENSORFLOW_APIS,
  ...JAX,
  ...TEXT_APIS,
  ...TIMM_APIS,
  ...TRANSLATION,
  ...SPEECH_APIS,
  ...VISION_APIS,
  ...OPENMMLAB,
  ...DETECTION_APIS,
  ...SEGMENTATION,
  ...KERNELS,
  ...OTHERS,
];

/** Which frameworks read α in which way, each named once, in the order of the catalogue. For the API: `frameworks()`. */
export function conventionUsers(): Readonly<Record<ConventionName, readonly string[]>> {
  // "TensorFlow ≤ 2.0" is TensorFlow.
  const users = (name: ConventionName) =>
    FRAMEWORK_APIS.filter(({ conventions }) => conventions.includes(name)).map(
      ({ framework }) => framework.split(' ≤')[0]!,
    );
  const named = CONVENTION_NAMES.map((name) => [name, [...new Set(users(name))]] as const);
  return Object.fromEntries(named) as Record<ConventionName, readonly string[]>;
}

/** The entry of an id; undefined if there's none. */
export function apiOf(id: string): FrameworkApi | undefined {
  return FRAMEWORK_APIS.find((api) => api.id === id);
}
