// Built by `npm run build` from `assembly`.

/** A file next to the bundle, relative to it. */
declare module '*/shared-plain.wasm' {
  const file: string;
  export default file;
}
declare module '*/shared-relaxed.wasm' {
  const file: string;
  export default file;
}

/** The bundle holds its bytes: a worker in a page has no files. */
declare module '*/private-plain.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module '*/private-relaxed.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
