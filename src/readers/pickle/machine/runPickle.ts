import type { Work } from '../../../loss/work.ts';
import { buildState } from '../meaning/buildState.ts';
import { callGlobal, made } from '../meaning/callGlobal.ts';
import { OP, OUTSIDE } from './opcodes.ts';
import type { PickleCursor } from './pickleCursor.ts';
import { damaged, unsupported } from './pickleFault.ts';
import { literalOf, shortLine } from './pickleLiterals.ts';
import { pickledSize } from './pickleNumbers.ts';
import type { PickleSetting } from './pickleSetting.ts';
import { OBJECT, PickleStack } from './pickleStack.ts';
import { pickledText } from './pickleTexts.ts';
import { PickledDict, PickledGlobal, PickledList, PickledObject, type PickleValue } from './pickleValues.ts';

/** The newest that there is. */
const HIGHEST_PROTOCOL = 5;
/** Instructions between two yields. */
const STEPS = 1 << 14;

/**
 * Follows the instructions of the pickle at the cursor up to its STOP, and returns what it makes. It's inert: names stay names, nothing is
 * looked up or called, and long strings stay in the file. Throws Unreadable for what isn't a pickle, or uses what isn't read.
 */
export function* runPickle(cursor: PickleCursor, setting: PickleSetting): Work<PickleValue> {
  const stack = new PickleStack(setting.budget);
  const start = cursor.position;
  for (let steps = 1; ; steps++) {
    if (steps % STEPS === 0) yield (cursor.position - start) / (cursor.end - start);
    stack.offset = cursor.position;
    setting.budget.step(stack.offset);
    const op = cursor.uint8();
    if (op === OP.STOP) return stack.pop();
    const literal = literalOf(op, cursor);
    if (literal !== undefined) {
      if (typeof literal === 'object' && literal !== null) setting.budget.keep(OBJECT, stack.offset);
      stack.push(literal);
    } else if (op === OP.REDUCE || op === OP.NEWOBJ) {
      const [callable, args] = stack.popped(2);
      setting.budget.keep(OBJECT, stack.offset);
      stack.push(yield* callGlobal(callable!, argumentsOf(args, stack.offset), setting, stack.offset));
    } else if (op === OP.BUILD) {
      const state = stack.pop();
      yield* buildState(stack.top(), state, cursor, setting);
    } else {
      const instruction = INSTRUCTIONS[op];
      if (instruction) instruction(stack, cursor);
      else follow(op, cursor, stack, setting);
    }
  }
}

type Instruction = (stack: PickleStack, cursor: PickleCursor) => void;

/** Instructions that move what there is, or put values into collections. */
const BY_CODE: Readonly<Record<number, Instruction>> = {
  [OP.MARK]: (stack) => stack.mark(),
  [OP.POP]: (stack) => stack.drop(),
  [OP.POP_MARK]: (stack) => void stack.popToMark(),
  [OP.DUP]: (stack) => stack.push(stack.top()),
  [OP.MEMOIZE]: (stack) => stack.memoize(),
  [OP.BINPUT]: (stack, cursor) => stack.put(cursor.uint8()),
  [OP.LONG_BINPUT]: (stack, cursor) => stack.put(cursor.uint32()),
  [OP.PUT]: (stack, cursor) => stack.put(writtenIndex(cursor)),
  [OP.BINGET]: (stack, cursor) => stack.get(cursor.uint8()),
  [OP.LONG_BINGET]: (stack, cursor) => stack.get(cursor.uint32()),
  [OP.GET]: (stack, cursor) => stack.get(writtenIndex(cursor)),
  [OP.TUPLE1]: (stack) => stack.push(new PickledList('tuple', stack.collect(stack.popped(1), true))),
  [OP.TUPLE2]: (stack) => stack.push(new PickledList('tuple', stack.collect(stack.popped(2), true))),
  [OP.TUPLE3]: (stack) => stack.push(new PickledList('tuple', stack.collect(stack.popped(3), true))),
  [OP.TUPLE]: (stack) => stack.push(new PickledList('tuple', stack.collect(stack.popToMark(), true))),
  [OP.LIST]: (stack) => stack.push(new PickledList('list', stack.collect(stack.popToMark(), true))),
  [OP.FROZENSET]: (stack) => stack.push(new PickledList('set', stack.collect(stack.popToMark(), true))),
  [OP.APPEND]: (stack) => append([stack.pop()], stack),
  [OP.APPENDS]: (stack) => append(stack.popToMark(), stack),
  [OP.ADDITEMS]: (stack) => append(stack.popToMark(), stack),
  [OP.DICT]: (stack) => {
    const dict = new PickledDict();
    setItems(dict, stack.collect(stack.popToMark(), true), stack);
    stack.push(dict);
  },
  [OP.SETITEM]: (stack) => {
    const items = stack.popped(2);
    setItems(stack.top(), items, stack);
  },
  [OP.SETITEMS]: (stack) => {
    const items = stack.popToMark();
    setItems(stack.top(), items, stack);
  },
};
/** The same by number: a pickle may have millions of instructions. */
const INSTRUCTIONS = Array.from({ length: 256 }, (_, op) => BY_CODE[op]);

function append(values: readonly PickleValue[], stack: PickleStack): void {
  const to = stack.top();
  const list = to instanceof PickledList ? to : to instanceof PickledObject ? to.items : undefined;
  if (!list || (list.kind === 'tuple' && to === list)) throw damaged('stack', stack.offset);
  for (const value of stack.collect(values)) list.items.push(value);
}

function setItems(to: PickleValue, items: readonly PickleValue[], stack: PickleStack): void {
  const dict = to instanceof PickledDict ? to : to instanceof PickledObject ? to.entries : undefined;
  if (!dict || items.length % 2 === 1) throw damaged('stack', stack.offset);
  stack.collect(items);
  for (let i = 0; i < items.length; i += 2) {
    dict.keys.push(items[i]!);
    dict.values.push(items[i + 1]!);
  }
}

/** What is left: names, objects, persistent ids, and what frames a pickle. */
function follow(op: number, cursor: PickleCursor, stack: PickleStack, { persistent }: PickleSetting): void {
  const { offset } = stack;
  if (op === OP.PROTO) {
    const protocol = cursor.uint8();
    if (protocol > HIGHEST_PROTOCOL) throw unsupported(`protocol ${protocol}`, offset);
  } else if (op === OP.FRAME) {
    const length = cursor.uint64();
    if (!(cursor.position + length <= cursor.end)) throw damaged('length', offset);
  } else if (op === OP.GLOBAL) stack.push(globalAt(cursor));
  else if (op === OP.STACK_GLOBAL) {
    const [module, name] = stack.popped(2).map(pickledText);
    if (module === undefined || name === undefined) throw damaged('text', offset);
    stack.push(new PickledGlobal(`${module}.${name}`));
  } else if (op === OP.INST) {
    const { name } = globalAt(cursor);
    stack.push(made(name, stack.popToMark(), offset));
  } else if (op === OP.OBJ) {
    const [type, ...args] = stack.popToMark();
    if (!(type instanceof PickledGlobal)) throw damaged('stack', offset);
    stack.push(made(type.name, args, offset));
  } else if (op === OP.NEWOBJ_EX) {
    const [type, args, named] = stack.popped(3);
    if (!(type instanceof PickledGlobal) || !(named instanceof PickledDict)) throw damaged('stack', offset);
    const object = new PickledObject(type.name, argumentsOf(args, offset));
    object.state = named;
    stack.push(object);
  } else if (op === OP.PERSID || op === OP.BINPERSID) {
    const id = op === OP.PERSID ? shortLine(cursor)[0] : stack.pop();
    if (!persistent) throw unsupported('persistent_id', offset);
    stack.push(persistent(id, offset));
  } else {
    const outside = OUTSIDE.get(op);
    throw outside ? unsupported(outside, offset) : damaged('opcode', offset);
  }
}

function globalAt(cursor: PickleCursor): PickledGlobal {
  const [[module], [name]] = [shortLine(cursor), shortLine(cursor)];
  return new PickledGlobal(`${module}.${name}`);
}

function writtenIndex(cursor: PickleCursor): number {
  const [text, offset] = shortLine(cursor);
  const index = /^\d{1,16}$/.test(text) ? pickledSize(Number(text)) : undefined;
  if (index === undefined) throw damaged('memo', offset);
  return index;
}

function argumentsOf(args: PickleValue | undefined, offset: number): readonly PickleValue[] {
  if (!(args instanceof PickledList)) throw damaged('arguments', offset);
  return args.items;
}
