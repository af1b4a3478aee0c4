// Products of small matrices, many at a time, in tfjs' own memory: a module of its own, without any data. Sums run along the inner
// dimension in order, whatever the shape, so that a network's numbers don't depend on which others are computed beside it.

/**
 * out (batches, rows, columns) = a (batches, rows, inner) × b (batches, inner, columns), float32. a's element (i, k) is at
 * a + i·aRow + k·aInner bytes, so that it may lie transposed; b and out are dense.
 */
export function products(
  a: usize, aBatch: usize, aRow: usize, aInner: usize,
  b: usize, out: usize,
  batches: i32, rows: i32, inner: i32, columns: i32,
): void {
  const bBatch = <usize>inner * <usize>columns * 4;
  const outRow = <usize>columns * 4;
  for (let batch = 0; batch < batches; batch++) {
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      const from = a + <usize>i * aRow;
      const to = out + <usize>i * outRow;
      let j = 0;
      for (; j + 8 <= columns; j += 8) fourByEight(from, aRow, aInner, b + <usize>j * 4, outRow, to + <usize>j * 4, inner);
      for (; j < columns; j++)
        for (let row: usize = 0; row < 4; row++)
          store<f32>(to + row * outRow + <usize>j * 4, one(from + row * aRow, aInner, b + <usize>j * 4, outRow, inner));
    }
    for (; i < rows; i++) {
      const from = a + <usize>i * aRow;
      const to = out + <usize>i * outRow;
      let j = 0;
      for (; j + 8 <= columns; j += 8) oneByEight(from, aInner, b + <usize>j * 4, outRow, to + <usize>j * 4, inner);
      for (; j < columns; j++)
        store<f32>(to + <usize>j * 4, one(from, aInner, b + <usize>j * 4, outRow, inner));
    }
    a += aBatch;
    b += bBatch;
    out += <usize>rows * outRow;
  }
}

/** b (batches, rows, columns) → out (batches, columns, rows). */
export function transposed(b: usize, out: usize, batches: i32, rows: i32, columns: i32): void {
  for (let batch = 0; batch < batches; batch++) {
    for (let j = 0; j < columns; j++) {
      let from = b + <usize>j * 4;
      for (let i = 0; i < rows; i++) {
        store<f32>(out, load<f32>(from));
        out += 4;
        from += <usize>columns * 4;
      }
    }
    b += <usize>rows * <usize>columns * 4;
  }
}

@inline function one(a: usize, aInner: usize, b: usize, bRow: usize, inner: i32): f32 {
  let sum: f32 = 0;
  for (let k = 0; k < inner; k++) {
    sum += load<f32>(a) * load<f32>(b);
    a += aInner;
    b += bRow;
  }
  return sum;
}

@inline function oneByEight(a: usize, aInner: usize, b: usize, bRow: usize, out: usize, inner: i32): void {
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  for (let k = 0; k < inner; k++) {
    const x = v128.load32_splat(a);
    low = f32x4.add(low, f32x4.mul(x, v128.load(b)));
    high = f32x4.add(high, f32x4.mul(x, v128.load(b, 16)));
    a += aInner;
    b += bRow;
  }
  v128.store(out, low);
  v128.store(out, high, 16);
}

/** Four rows of a against eight columns of b: eight sums in registers. */
@inline function fourByEight(a: usize, aRow: usize, aInner: usize, b: usize, bRow: usize, out: usize, inner: i32): void {
  let low0 = f32x4.splat(0);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = low0;
  let high1 = low0;
  let high2 = low0;
  let high3 = low0;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (let k = 0; k < inner; k++) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    low0 = f32x4.add(low0, f32x4.mul(x0, low));
    high0 = f32x4.add(high0, f32x4.mul(x0, high));
    const x1 = v128.load32_splat(a1);
    low1 = f32x4.add(low1, f32x4.mul(x1, low));
    high1 = f32x4.add(high1, f32x4.mul(x1, high));
    const x2 = v128.load32_splat(a2);
    low2 = f32x4.add(low2, f32x4.mul(x2, low));
    high2 = f32x4.add(high2, f32x4.mul(x2, high));
    const x3 = v128.load32_splat(a3);
    low3 = f32x4.add(low3, f32x4.mul(x3, low));
    high3 = f32x4.add(high3, f32x4.mul(x3, high));
    a += aInner;
    a1 += aInner;
    a2 += aInner;
    a3 += aInner;
    b += bRow;
  }
  v128.store(out, low0);
  v128.store(out, high0, 16);
  out += bRow;
  v128.store(out, low1);
  v128.store(out, high1, 16);
  out += bRow;
  v128.store(out, low2);
  v128.store(out, high2, 16);
  out += bRow;
  v128.store(out, low3);
  v128.store(out, high3, 16);
}
