import binaryen from 'assemblyscript/binaryen';
import { describe, expect, it } from 'vitest';
import { instrumented } from './instrumented.ts';

/** What is heard of the accesses of a function body, in their order. */
function heard(body: string): unknown[] {
  const text = `(module (import "env" "memory" (memory 1)) (func (export "run") ${body}))`;
  const module = binaryen.parseText(instrumented(text));
  module.setFeatures(binaryen.Features.All);
  const accesses: unknown[] = [];
  const watch = (what: string) => (bytes: number, offset: number, at: number) => {
    accesses.push([what, bytes, offset, at]);
    return at;
  };
  const memory = new WebAssembly.Memory({ initial: 1 });
  const imports = { env: { memory }, watcher: { read: watch('read'), write: watch('write') } };
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(new Uint8Array(module.emitBinary())),
    imports,
  );
  (instance.exports.run as () => void)();
  return accesses;
}

describe('an instrumented module tells of', () => {
  it('a load inside of a store', () => {
    expect(
      heard(
        '(v128.store offset=8 (i32.const 96) (v128.load align=4 (i32.add (i32.const 16) (i32.const 32))))',
      ),
    ).toEqual([
      ['write', 16, 8, 96],
      ['read', 16, 0, 48],
    ]);
  });

  it('parts of words, and one that fills all lanes', () => {
    expect(
      heard(`(i32.store16 (i32.const 4) (i32.load8_u offset=1 (i32.const 2)))
        (drop (v128.load32_splat (i32.const 12))) (drop (f64.load (i32.const 24)))`),
    ).toEqual([
      ['write', 2, 0, 4],
      ['read', 1, 1, 2],
      ['read', 4, 0, 12],
      ['read', 8, 0, 24],
    ]);
  });

  it('a fill', () => {
    expect(heard('(memory.fill (i32.const 64) (i32.const 0) (i32.const 100))')).toEqual([
      ['write', 100, 0, 64],
    ]);
  });
});

it('an access that nothing would tell of isn’t let through', () => {
  const copy = '(memory.copy (i32.const 0) (i32.const 8) (i32.const 8))';
  expect(() => heard(copy)).toThrow('which nothing watches');
});
