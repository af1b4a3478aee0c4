/** Built by `npm run build` from `assembly`; a bundle holds its bytes. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
