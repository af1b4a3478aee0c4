import { c0, c1, c2, c3, c4, exp4, log1p4 } from '../../../../src/engine/kernel/assembly/exp';
import { log2e, one, rounder, sumOfTwo, widened, zero } from '../../../../src/engine/kernel/assembly/lanes';

/** Sum of float32 numbers: as little work as reading can be. `bytes` is a multiple of 128. */
export function readSum(from: usize, bytes: usize): f64 {
  let a = zero(), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
  for (let p = from, end = from + bytes; p < end; p += 128) {
    a = f32x4.add(a, v128.load(p));
    b = f32x4.add(b, v128.load(p, 16));
    c = f32x4.add(c, v128.load(p, 32));
    d = f32x4.add(d, v128.load(p, 48));
    e = f32x4.add(e, v128.load(p, 64));
    f = f32x4.add(f, v128.load(p, 80));
    g = f32x4.add(g, v128.load(p, 96));
    h = f32x4.add(h, v128.load(p, 112));
  }
  a = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  return sumOfTwo(widened(a));
}

/** Sum of the exponentials of float32 numbers, with the kernel's exponential. `bytes` is a multiple of 32. */
export function expSum(from: usize, bytes: usize): f64 {
  const l2e = log2e(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  let a = zero(), b = a;
  for (let p = from, end = from + bytes; p < end; p += 32) {
    a = f32x4.add(a, exp4(v128.load(p), l2e, round, a0, a1, a2, a3, a4, unit));
    b = f32x4.add(b, exp4(v128.load(p, 16), l2e, round, a0, a1, a2, a3, a4, unit));
  }
  return sumOfTwo(widened(f32x4.add(a, b)));
}

/** Sum of the logarithms of 1 + float32 numbers, with the kernel's logarithm. `bytes` is a multiple of 32. */
export function logSum(from: usize, bytes: usize): f64 {
  let a = zero(), b = a;
  for (let p = from, end = from + bytes; p < end; p += 32) {
    a = f32x4.add(a, log1p4(v128.load(p)));
    b = f32x4.add(b, log1p4(v128.load(p, 16)));
  }
  return sumOfTwo(widened(f32x4.add(a, b)));
}
