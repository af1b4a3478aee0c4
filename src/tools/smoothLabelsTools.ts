import { answerText, shortText } from './answerText.ts';
import { COMPUTE_SMOOTHED_LOSS } from './computeSmoothedLoss.ts';
import { CONVERT_LABEL_SMOOTHING } from './convertLabelSmoothing.ts';
import { EXPLAIN_LOSS_VALUE } from './explainLossValue.ts';
import { FIND_LOSS_CONFIGURATIONS } from './findLossConfigurations.ts';
import { SUMMARISE_LOGITS } from './summariseLogits.ts';
import { type Tool, ToolError, type ToolWorld } from './tool.ts';

/** What a language model may ask. A new tool is a line here, and an entry of package.json, for VS Code. */
export const TOOLS: readonly Tool[] = [
  COMPUTE_SMOOTHED_LOSS,
  FIND_LOSS_CONFIGURATIONS,
  CONVERT_LABEL_SMOOTHING,
  EXPLAIN_LOSS_VALUE,
  SUMMARISE_LOGITS,
];

/** The answer of a tool as text. Throws `ToolError` with a sentence for a wrong input, and where there's no answer. */
export async function answered(tool: Tool, given: unknown, world: ToolWorld): Promise<string> {
  try {
    return answerText(await tool.run(given, world));
  } catch (error) {
    // What is said of a file may have long names in it.
    throw error instanceof ToolError ? new ToolError(shortText(error.message)) : error;
  }
}
