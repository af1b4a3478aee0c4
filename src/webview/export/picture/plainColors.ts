/** A colour as every viewer of SVG knows it, and how opaque it is. */
interface PlainColor {
  readonly hex: string;
  readonly opacity: number;
}

// A colour always comes to the same.
const known = new Map<string, PlainColor>();

/** What a computed colour comes to: themes have them mixed, and in colour spaces that only browsers know. */
export function plainColor(color: string): PlainColor {
  const plain = known.get(color) ?? painted(color);
  known.set(color, plain);
  return plain;
}

function painted(color: string): PlainColor {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d')!;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
  return { hex: `#${hex}`, opacity: Math.round((alpha / 255) * 1000) / 1000 };
}
