import { Uri } from 'vscode';
import type { LossRequest } from '../../answers/computeLoss.ts';
import type { FoundLossConfig } from '../../answers/foundConfig.ts';
import type { ReadLogitsReply } from '../../answers/logitsReply.ts';
import type { ReadLogitsOptions } from '../../answers/readRequest.ts';
import type { CrossEntropyResult } from '../../loss/batch/lossInput.ts';
import type { RegisteredEditor } from '../editor/registerEditor.ts';
import type { LogitsFeatures } from '../loading/logitsFeatures.ts';
import type { LogitsInput } from './readLogits.ts';

/** What other extensions get from `activate()`. */
export interface SmoothLabelsApi {
  readonly version: 1;
  /**
   * The loss as a framework gives it, in nats: as `torch.nn.functional.cross_entropy` unless another is named. Rejects with a
   * message that names the argument.
   */
  computeLoss(request: LossRequest): Promise<CrossEntropyResult>;
  /**
   * Logits, and what belongs to them, as the command “Smooth labels” would take them from the same input; or what it would say. Never
   * asks: where it would, the candidates come back. Rejects for arguments of a wrong type.
   */
  readLogits(source: LogitsInput, options?: ReadLogitsOptions): Promise<ReadLogitsReply>;
  /**
   * The loss configurations of a source text in their order: what Python code, or a YAML, JSON, TOML or shell file sets up. Of
   * other languages none. `fileName` tells config files apart that look alike. Imports aren't followed.
   */
  findLossConfigs(text: string, languageId: string, fileName?: string): Promise<FoundLossConfig[]>;
  /**
   * Those of a file, as its CodeLenses have them: imports from the workspace are followed, and K may have been set in VS Code.
   * Rejects if VS Code can't open the file as text.
   */
  findLossConfigs(file: Uri): Promise<FoundLossConfig[]>;
}

export function createApi(
  features: () => Promise<Pick<LogitsFeatures, 'computeLoss' | 'readLogits' | 'describeArgument'>>,
  hints: Pick<RegisteredEditor, 'findLossConfigs' | 'lossesOf'>,
): SmoothLabelsApi {
  return {
    version: 1,
    computeLoss: async (request) => (await features()).computeLoss(request),
    readLogits: async (source, options) => (await features()).readLogits(source, options),
    async findLossConfigs(text: string | Uri, languageId?: string, fileName?: string) {
      if (text instanceof Uri) return hints.lossesOf(text);
      const strings = { text, languageId, ...(fileName !== undefined && { fileName }) };
      for (const [argument, value] of Object.entries(strings))
        if (typeof value !== 'string')
          throw new TypeError(
            (await features()).describeArgument({
              argument,
              problem: { reason: 'type', expected: 'string', found: value },
            }),
          );
      return hints.findLossConfigs(text, languageId!, fileName);
    },
  };
}
