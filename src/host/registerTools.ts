import { type ExtensionContext, lm } from 'vscode';
import type { ModelTools } from './tools/modelTools.ts';

/** Registers the tools of package.json for language models. What they do is loaded when one is called. */
export function registerTools(
  { extension, subscriptions }: ExtensionContext,
  tools: () => Promise<Pick<ModelTools, 'invoke' | 'prepare'>>,
): void {
  const contributed: readonly { readonly name: string }[] =
    extension.packageJSON.contributes?.languageModelTools ?? [];
  for (const { name } of contributed)
    subscriptions.push(
      lm.registerTool<object>(name, {
        invoke: async (options, token) => (await tools()).invoke(name, options, token),
        prepareInvocation: async (options) => (await tools()).prepare(name, options),
      }),
    );
}
