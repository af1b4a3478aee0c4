import { logFault } from '../../messages/faultLog.ts';

/**
 * What `make` gives for each configuration. One that it throws for is logged and gets what `instead` makes of the reason: it never
 * loses the others.
 */
export function forEachConfig<C extends { readonly name: string; readonly line: number }, T>(
  configs: readonly C[],
  make: (config: C) => readonly T[],
  instead: (config: C, reason: string) => readonly T[] = () => [],
): T[] {
  return configs.flatMap((config) => {
    try {
      return make(config);
    } catch (error) {
      logFault(`${config.name}, line ${config.line + 1}`, error);
      return instead(config, reasonOf(error));
    }
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
