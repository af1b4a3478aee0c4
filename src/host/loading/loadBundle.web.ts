import * as vscode from 'vscode';

/** Loads a bundle of the extension as VS Code loads an extension here, from its text. `Exports` is what its entry exports. */
export async function loadBundle<Exports>(
  extensionUri: vscode.Uri,
  name: 'analysis' | 'features' | 'lab',
): Promise<Exports> {
  const script = await vscode.workspace.fs.readFile(
    vscode.Uri.joinPath(extensionUri, 'dist', `${name}.web.js`),
  );
  const module: { exports?: Exports } = {};
  new Function('module', 'require', new TextDecoder().decode(script))(module, () => vscode);
  if (!module.exports) throw new Error(`dist/${name}.web.js exports nothing`);
  return module.exports;
}
