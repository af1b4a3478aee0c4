import binaryen from 'assemblyscript/binaryen';
import { type BuildName, kernelBuild } from '../builds.ts';

/** Hear of every access before it's made; what they return is the address. */
export interface Watcher {
  /** `offset` is added to the address `at` by the instruction. */
  readonly read: (bytes: number, offset: number, at: number) => number;
  readonly write: (bytes: number, offset: number, at: number) => number;
}

const WATCHER = `
 (import "watcher" "read" (func $watchRead (param i32 i32 i32) (result i32)))
 (import "watcher" "write" (func $watchWrite (param i32 i32 i32) (result i32)))`;

/** memory.fill has no offset, and a size that is known only then. */
const FILL = `
 (func $watchedFill (param $to i32) (param $byte i32) (param $bytes i32)
  (drop (call $watchWrite (local.get $bytes) (i32.const 0) (local.get $to)))
  (memory.fill (local.get $to) (local.get $byte) (local.get $bytes)))`;

/** An instruction that reads or writes memory, up to its first operand, the address. */
const ACCESS = /\((\w+)\.(load|store)(\w*)((?: (?:offset|align)=\d+)*)\s+(?=\()/g;
const SIZES: Readonly<Record<string, number>> = { i32: 4, i64: 8, f32: 4, f64: 8, v128: 16 };
/** What is neither a load, nor a store, nor a fill, and would go unwatched. */
const UNKNOWN = /\((?:memory\.(?!fill\b|size\b)|table\.|\w+\.atomic)\S*/;

const modules = new Map<BuildName, WebAssembly.Module>();

/** The kernel as it's shipped, but for a call before each access to memory: (memory, watcher) are its imports. */
export function instrumentedModule(name: BuildName): WebAssembly.Module {
  let made = modules.get(name);
  if (!made) {
    const text = parsed(binaryen.readBinary(kernelBuild(name))).emitText();
    made = new WebAssembly.Module(
      new Uint8Array(parsed(binaryen.parseText(instrumented(text))).emitBinary()),
    );
    modules.set(name, made);
  }
  return made;
}

function parsed(module: binaryen.Module): binaryen.Module {
  module.setFeatures(binaryen.Features.All);
  return module;
}

/** The text of a module, with each address on its way through the watcher. */
export function instrumented(text: string): string {
  const unknown = UNKNOWN.exec(text);
  if (unknown) throw new Error(`The kernel has ${unknown[0]}, which nothing watches`);
  const inserted: { at: number; text: string }[] = [];
  for (const { 0: head, 1: type = '', 2: kind, 3: kindEnd = '', 4: options = '', index } of text.matchAll(
    ACCESS,
  )) {
    const bits = Number(/\d+/.exec(kindEnd)?.[0] ?? 8 * SIZES[type]!);
    const offset = /offset=(\d+)/.exec(options)?.[1] ?? '0';
    const watch = kind === 'load' ? '$watchRead' : '$watchWrite';
    const at = index + head.length;
    inserted.push({ at, text: `(call ${watch} (i32.const ${bits / 8}) (i32.const ${offset}) ` });
    inserted.push({ at: endOf(text, at), text: ')' });
  }
  inserted.sort((a, b) => a.at - b.at);
  let [result, from] = ['', 0];
  for (const { at, text: added } of inserted) {
    result += text.slice(from, at) + added;
    from = at;
  }
  result += text.slice(from);
  const start = result.indexOf('(import');
  return `${result.slice(0, start)}${WATCHER}\n ${result.slice(start)}`
    .replaceAll('(memory.fill', '(call $watchedFill')
    .replace(/\)\s*$/, `${FILL}\n)`);
}

/** Where the expression ends that begins at `at`. */
function endOf(text: string, at: number): number {
  let depth = 0;
  for (let i = at; ; i++) {
    const character = text[i];
    if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return i + 1;
    else if (character === undefined) throw new Error('An expression has no end');
  }
}
