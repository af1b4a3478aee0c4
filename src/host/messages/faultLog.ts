import { type LogOutputChannel, window } from 'vscode';

let channel: LogOutputChannel | undefined;
/** What was logged already: a lens fails again with every edit. */
const logged = new Set<string>();
const MOST_KEPT = 1000;

/** Logs a fault of ours, once, in the output channel “Smooth Labels”. */
export function logFault(what: string, error: unknown): void {
  const fault = `${what}: ${error}`;
  if (logged.has(fault) || logged.size >= MOST_KEPT) return;
  logged.add(fault);
  channel ??= window.createOutputChannel('Smooth Labels', { log: true });
  channel.error(error instanceof Error ? `${what}: ${error.stack ?? error}` : fault);
}
