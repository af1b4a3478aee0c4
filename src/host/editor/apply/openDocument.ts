import { type TextDocument, Uri, workspace } from 'vscode';

/** A document by its address, opened if it isn't; undefined if it's gone. */
export async function openDocument(uri: string): Promise<TextDocument | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri);
  try {
    return open ?? (await workspace.openTextDocument(Uri.parse(uri)));
  } catch {
    return undefined;
  }
}
