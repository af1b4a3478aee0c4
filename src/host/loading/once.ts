/** The same promise every time; asked again after a failure. */
export function once<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly started: () => boolean } {
  let made: Promise<T> | undefined;
  const get = () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return Object.assign(get, { started: () => made !== undefined });
}
