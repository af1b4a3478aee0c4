import * as shown from '@vscode/l10n';
import { l10n } from 'vscode';

/** What is also said without VS Code has its own way to the language. Each bundle has its own copy of it, and calls this when it's loaded. */
export function speakDisplayLanguage(): void {
  if (l10n.bundle) shown.config({ contents: l10n.bundle });
}
