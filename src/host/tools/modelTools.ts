import {
  type CancellationToken,
  LanguageModelTextPart,
  type LanguageModelToolInvocationOptions,
  type LanguageModelToolInvocationPrepareOptions,
  LanguageModelToolResult,
  l10n,
  type PreparedToolInvocation,
  type Uri,
  workspace,
} from 'vscode';
import { labelText } from '../../escape/label.ts';
import { answered, TOOLS } from '../../tools/smoothLabelsTools.ts';
import { type Tool, ToolError, type ToolWorld } from '../../tools/tool.ts';
import { uriOfPath } from './toolPaths.ts';

type Invocation = LanguageModelToolInvocationOptions<object>;
type Preparation = LanguageModelToolInvocationPrepareOptions<object>;

/** The tools as VS Code calls them. They read files of the workspace; others only once the person has said so. */
export class ModelTools {
  readonly #worldUntil: (token: CancellationToken) => ToolWorld;
  /** Files outside of the workspace that the person was asked about: VS Code goes on only if the answer was yes. */
  readonly #confirmed = new Set<string>();

  /** What a call may do until its token gives up. */
  constructor(worldUntil: (token: CancellationToken) => ToolWorld) {
    this.#worldUntil = worldUntil;
  }

  /** What is said while it runs, and what the person has to agree to before. */
  prepare(name: string, { input }: Preparation): PreparedToolInvocation {
    const invocationMessage = MESSAGES[name]?.() ?? l10n.t('Computing');
    const uri = this.#readBy(toolNamed(name), input);
    if (!uri || isOfWorkspace(uri)) return { invocationMessage };
    this.#confirmed.add(uri.toString());
    const path = labelText(uri.scheme === 'file' ? uri.fsPath : uri.toString());
    return {
      invocationMessage,
      confirmationMessages: {
        title: l10n.t('Read a file outside the workspace?'),
        message: l10n.t(
          'The model asks Smooth Labels to read {0}. The model gets a summary of its contents.',
          path,
        ),
      },
    };
  }

  /** Rejects with a sentence that the model can act on. */
  async invoke(
    name: string,
    { input }: Invocation,
    token: CancellationToken,
  ): Promise<LanguageModelToolResult> {
    const tool = toolNamed(name);
    const uri = this.#readBy(tool, input);
    if (uri && !isOfWorkspace(uri) && !this.#confirmed.delete(uri.toString()))
      throw new ToolError(`${uri.toString()} is outside the workspace, and reading it wasn’t allowed.`);
    const text = await answered(tool, input, this.#worldUntil(token)).catch((error: unknown) => {
      throw token.isCancellationRequested ? new ToolError('Cancelled.') : error;
    });
    return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
  }

  /** Null for no file, and for an input that is refused anyway. */
  #readBy(tool: Tool, input: unknown): Uri | null {
    try {
      const path = tool.reads(input);
      return path === null ? null : uriOfPath(path);
    } catch (error) {
      if (error instanceof ToolError) return null;
      throw error;
    }
  }
}

const MESSAGES: Readonly<Record<string, () => string>> = {
  compute_smoothed_loss: () => l10n.t('Computing the smoothed loss'),
  find_loss_configurations: () => l10n.t('Looking for losses in code'),
  convert_label_smoothing: () => l10n.t('Converting α'),
  explain_loss_value: () => l10n.t('Reading the loss'),
  summarise_logits: () => l10n.t('Reading logits'),
};

function toolNamed(name: string): Tool {
  const tool = TOOLS.find((each) => each.name === name);
  if (!tool) throw new ToolError(`There’s no tool ${name}.`);
  return tool;
}

function isOfWorkspace(uri: Uri): boolean {
  return workspace.getWorkspaceFolder(uri) !== undefined;
}
