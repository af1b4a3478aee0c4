import { CONVENTION_NAMES, type ConventionName } from '../conventions.ts';
import type { FrameworkApi } from './api.ts';
import { DETECTION_APIS } from './detection.ts';
import { JAX } from './jax.ts';
import { KERAS_APIS } from './keras.ts';
import { KERNELS } from './kernels.ts';
import { OPENMMLAB } from './openmmlab.ts';
import { OTHERS } from './others.ts';
import { PYTORCH } from './pytorch.ts';
import { SEGMENTATION } from './segmentation.ts';
import { SPEECH_APIS } from './speech.ts';
import { TENSORFLOW_APIS } from './tensorflow.ts';
import { TEXT_APIS } from './text.ts';
import { TIMM_APIS } from './timm.ts';
import { TRANSLATION } from './translation.ts';
import { VISION_APIS } from './vision.ts';

/** What is known of the frameworks, the most used ones first. */
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

/** Which frameworks read α in which way, each named once. */
export function conventionUsers(): Readonly<Record<ConventionName, readonly string[]>> {
  // "TensorFlow ≤ 2.0" is TensorFlow.
  const users = (name: ConventionName) =>
    FRAMEWORK_APIS.filter(({ conventions }) => conventions.includes(name)).map(
      ({ framework }) => framework.split(' ≤')[0]!,
    );
  const named = CONVENTION_NAMES.map((name) => [name, [...new Set(users(name))]] as const);
  return Object.fromEntries(named) as Record<ConventionName, readonly string[]>;
}

export function apiOf(id: string): FrameworkApi | undefined {
  return FRAMEWORK_APIS.find((api) => api.id === id);
}
