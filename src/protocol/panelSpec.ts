import type { LossSpec } from '../loss/lossSpec.ts';

/**
 * The loss whose figures the panel shows, as its controls have it: PyTorch's, of logits/temperature, with α read as the
 * convention does. `ignoreIndex` is the padding class where the convention has one.
 */
export interface PanelSpec
  extends Pick<LossSpec, 'convention' | 'labelSmoothing' | 'weight' | 'ignoreIndex' | 'reduction' | 'form'> {
  /** T: logits are divided by it. 1 leaves them as they are. */
  readonly temperature: number;
}
