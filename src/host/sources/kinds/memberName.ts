/** What an array is called together with what it's in. */
export function memberName({ member }: { readonly member?: string | undefined }, container: string): string {
  return member === undefined ? container : `${member} · ${container}`;
}

export function fileNameOf({ path }: { readonly path: string }): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
