import { join } from 'node:path';

/** The repository. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Whatever tests and scripts write; git knows nothing of it. */
export const OUTPUT = join(ROOT, 'test', 'output');

export const SAMPLES = join(ROOT, 'media', 'samples');
