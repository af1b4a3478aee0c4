import * as v from 'valibot';
import type { PanelRequests } from '../../../protocol/panelChannel.ts';
import { REQUEST_SCHEMAS } from './requestSchemas.ts';

/** What the page asked for isn't what it may ask for. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
}

/** The same requests, each of which throws InvalidRequestError for arguments that aren't as its schema says. */
export function validRequests(requests: PanelRequests): PanelRequests {
  const checked = Object.entries(requests).map(([name, answer]) => {
    const schema = REQUEST_SCHEMAS[name as keyof PanelRequests];
    return [
      name,
      (...args: unknown[]) => {
        const { success, issues } = v.safeParse(schema, args);
        if (!success) throw new InvalidRequestError(`${name}: ${v.summarize(issues)}`);
        return (answer as (...args: unknown[]) => unknown)(...args);
      },
    ] as const;
  });
  return Object.fromEntries(checked) as unknown as PanelRequests;
}
