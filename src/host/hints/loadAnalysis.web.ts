import * as vscode from 'vscode';

/** Loads what nobody needs before a loss configuration turns up: as VS Code loads an extension here, from its text. */
export async function loadAnalysis(extensionUri: vscode.Uri): Promise<typeof import('./main.ts')> {
  const script = await vscode.workspace.fs.readFile(
    vscode.Uri.joinPath(extensionUri, 'dist', 'analysis.web.js'),
  );
  const module: { exports?: typeof import('./main.ts') } = {};
  new Function('module', 'require', new TextDecoder().decode(script))(module, () => vscode);
  if (!module.exports) throw new Error('dist/analysis.web.js exports nothing');
  return module.exports;
}
