import { window } from 'vscode';
import { labelText } from '../../escape/label.ts';

/** A message is text, whatever the names in it are: VS Code would make links and commands of what looks like them. */
export function sayError(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return window.showErrorMessage(labelText(message), ...buttons);
}

export function sayWarning(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return window.showWarningMessage(labelText(message), ...buttons);
}

export function sayInformation(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return window.showInformationMessage(labelText(message), ...buttons);
}

/** Asks in a dialog that has to be answered. Undefined if it's dismissed. */
export function askModal(
  message: string,
  detail: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  return window.showWarningMessage(message, { modal: true, detail }, ...buttons);
}
