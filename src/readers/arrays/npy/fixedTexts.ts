/** How NumPy stores texts: each as many characters or bytes as the longest. */
export interface TextType {
  readonly texts: 'utf-32' | 'bytes';
  readonly little: boolean;
}

/** More bytes aren't names of classes. */
export const MOST_TEXT_ARRAY = 1 << 22;
const utf8 = new TextDecoder();

/** The texts that lie one after the other in these bytes, each `size` bytes long, filled up with zeros. */
export function fixedTexts(bytes: Uint8Array, size: number, type: TextType): readonly string[] {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => {
    const own = bytes.subarray(i * size, (i + 1) * size);
    return type.texts === 'utf-32' ? fromUtf32(own, type.little) : utf8.decode(withoutZeros(own));
  });
}

/** Bytes and kind of each text by NumPy's word for it: "<U7", "|S3"; undefined for what isn't text. */
export function textType(descr: string): (TextType & { readonly size: number }) | undefined {
  const [, order, kind, length] = /^([<>|=]?)([US])(\d{1,6})$/.exec(descr) ?? [];
  const size = Number(length) * (kind === 'U' ? 4 : 1);
  return size > 0 ? { texts: kind === 'U' ? 'utf-32' : 'bytes', little: order !== '>', size } : undefined;
}

/** Shorter texts than the longest have zeros behind them. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  let { length } = bytes;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return bytes.subarray(0, length);
}

function fromUtf32(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 4;
  while (end >= 0 && view.getUint32(end, little) === 0) end -= 4;
  let text = '';
  for (let i = 0; i <= end; i += 4) {
    const code = view.getUint32(i, little);
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  return text;
}
