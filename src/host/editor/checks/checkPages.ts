import { Uri } from 'vscode';
import type { CheckCode } from '../../../problems/checkCodes.ts';
import { COMMANDS } from '../../contributions.ts';

/** What a problem's code leads to: the check's page. */
export function linkedCode(code: CheckCode): { readonly value: string; readonly target: Uri } {
  return {
    value: code,
    target: Uri.parse(`command:${COMMANDS.openCheck}?${encodeURIComponent(JSON.stringify([code]))}`),
  };
}
