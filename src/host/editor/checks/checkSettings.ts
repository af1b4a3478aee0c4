import { workspace } from 'vscode';
import type { SeverityChoices } from '../../../problems/problems.ts';
import { SEVERITIES } from '../../../problems/severity.ts';
import { SETTINGS } from '../../contributions.ts';

const CHOICES: ReadonlySet<unknown> = new Set([...SEVERITIES, 'off']);

/** How much each check matters, as the settings of a file or a document have it. */
export function severityChoices(scope: Parameters<typeof workspace.getConfiguration>[1]): SeverityChoices {
  const chosen = workspace.getConfiguration(undefined, scope).get<unknown>(SETTINGS.checks);
  if (typeof chosen !== 'object' || chosen === null) return {};
  return Object.fromEntries(Object.entries(chosen).filter(([, severity]) => CHOICES.has(severity)));
}
