import { Uri, workspace } from 'vscode';
import { ToolError } from '../../tools/tool.ts';

/** A path that says where its root is: "/home/…", "C:\\…". */
const ABSOLUTE = /^(?:[/\\]|[A-Za-z]:[/\\])/;
const ADDRESS = /^[a-z][a-z\d+.-]+:\/\//i;

/**
 * Where a path that a model gave leads: on the machine of the workspace, also where that is another one, or none that has files. Throws
 * `ToolError` for what isn't absolute.
 */
export function uriOfPath(path: string): Uri {
  if (ADDRESS.test(path)) return withoutSteps(Uri.parse(path));
  if (!ABSOLUTE.test(path)) throw new ToolError(`path: expected an absolute path. It was "${path}".`);
  const file = Uri.file(path);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return withoutSteps(folder && folder.scheme !== 'file' ? folder.with({ path: file.path }) : file);
}

/** Without "..": what is in the workspace is told by its path. */
function withoutSteps(uri: Uri): Uri {
  return Uri.joinPath(uri, '.');
}
