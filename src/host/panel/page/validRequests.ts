import * as v from 'valibot';

/** What the page asked for isn't what it may ask for. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
}

/** A schema for the arguments of each request. */
export type SchemasOf<Requests> = { readonly [Name in keyof Requests]: v.GenericSchema<unknown> };

/** The same requests, each of which throws InvalidRequestError for arguments that aren't as its schema says. */
export function validRequests<Requests extends object>(
  requests: Requests,
  schemas: SchemasOf<Requests>,
): Requests {
  const checked = Object.entries(requests).map(([name, answer]) => {
    const schema = schemas[name as keyof Requests];
    return [
      name,
      (...args: unknown[]) => {
        const { success, issues } = v.safeParse(schema, args);
        if (!success) throw new InvalidRequestError(`${name}: ${v.summarize(issues)}`);
        return (answer as (...args: unknown[]) => unknown)(...args);
      },
    ] as const;
  });
  return Object.fromEntries(checked) as unknown as Requests;
}
