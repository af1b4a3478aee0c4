import type { CrossEntropyResult } from '../../loss/batch/lossInput.ts';
import type { FoundLossConfig } from '../editor/editorBundle.ts';
import type { RegisteredEditor } from '../editor/registerEditor.ts';
import type { LogitsFeatures } from '../loading/logitsFeatures.ts';
import type { LossRequest } from './computeLoss.ts';

/** What other extensions get from `activate()`. */
export interface SmoothLabelsApi {
  readonly version: 1;
  /**
   * The loss as a framework gives it, in nats: as `torch.nn.functional.cross_entropy` unless another is named. Rejects with a
   * message that names the argument.
   */
  computeLoss(request: LossRequest): Promise<CrossEntropyResult>;
  /**
   * The loss configurations of a source text in their order: what Python code, or a YAML, JSON, TOML or shell file sets up. Of
   * other languages none. `fileName` tells config files apart that look alike.
   */
  findLossConfigs(text: string, languageId: string, fileName?: string): Promise<FoundLossConfig[]>;
}

export function createApi(
  features: () => Promise<Pick<LogitsFeatures, 'computeLoss' | 'describeArgument'>>,
  hints: Pick<RegisteredEditor, 'findLossConfigs'>,
): SmoothLabelsApi {
  return {
    version: 1,
    computeLoss: async (request) => (await features()).computeLoss(request),
    async findLossConfigs(text, languageId, fileName) {
      const strings = { text, languageId, ...(fileName !== undefined && { fileName }) };
      for (const [argument, value] of Object.entries(strings))
        if (typeof value !== 'string')
          throw new TypeError(
            (await features()).describeArgument({
              argument,
              problem: { reason: 'type', expected: 'string', found: value },
            }),
          );
      return hints.findLossConfigs(text, languageId, fileName);
    },
  };
}
