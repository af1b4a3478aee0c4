import { damagedFile } from '../columnar/damaged.ts';
import { Unreadable } from '../text/cursor.ts';
import type { HdfBytes } from './hdfBytes.ts';

/** What is said of an object in its header: what kind of thing, and where the details are. */
interface HdfMessage {
  readonly type: number;
  readonly flags: number;
  readonly at: number;
}

/** The types of messages that are read. */
export const MESSAGE = {
  dataSpace: 0x01,
  linkInfo: 0x02,
  dataType: 0x03,
  fillValue: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  continuation: 0x10,
  symbolTable: 0x11,
} as const;

/** The message is elsewhere, and others share it. */
const SHARED = 2;
const [MOST_MESSAGES, MOST_BLOCKS] = [1 << 16, 1 << 10];

/** A data set or a group, by its header. */
export class HdfObject {
  readonly file: HdfBytes;
  readonly address: number;
  readonly #messages: readonly HdfMessage[];

  /** Throws Unreadable if there's no header at the address. */
  constructor(file: HdfBytes, address: number) {
    this.file = file;
    this.address = address;
    this.#messages = file.says(address, 'OHDR') ? newMessages(file, address) : oldMessages(file, address);
  }

  /** True for a data set, which has a shape; groups have none. */
  get isDataSet(): boolean {
    return this.#messages.some(({ type }) => type === MESSAGE.dataSpace);
  }

  /** Where the messages of a type are. */
  all(type: number): readonly number[] {
    return this.#messages.filter((message) => message.type === type).map(({ at }) => at);
  }

  /** Where the first message of a type is. Throws Unreadable for one that is shared. */
  find(type: number): number | undefined {
    const message = this.#messages.find((each) => each.type === type);
    if (message && (message.flags & SHARED) !== 0)
      throw new Unreadable({ reason: 'codec', offset: message.at, found: 'shared messages' });
    return message?.at;
  }

  isShared(type: number): boolean {
    return this.#messages.some((message) => message.type === type && (message.flags & SHARED) !== 0);
  }
}

/** Blocks of messages that a header goes on with. */
type Continue = (at: number) => void;

/** Version 1: blocks of messages without a mark. */
function oldMessages(file: HdfBytes, address: number): readonly HdfMessage[] {
  if (file.u8(address) !== 1) throw damagedFile(address);
  return inBlocks(
    [address + 16, file.u32(address + 8)],
    (start, end, goOn) => {
      const messages: HdfMessage[] = [];
      for (let at = start; at + 8 <= end; ) {
        const [type, size, flags] = [file.u16(at), file.u16(at + 2), file.u8(at + 4)];
        if (at + 8 + size > end) throw damagedFile(at);
        messages.push({ type, flags, at: at + 8 });
        if (type === MESSAGE.continuation) goOn(at + 8);
        at += 8 + size;
      }
      return messages;
    },
    (at) => [file.length(at), file.length(at + 8)],
  );
}

/** Version 2: each block has a mark before its messages, and a checksum behind them. */
function newMessages(file: HdfBytes, address: number): readonly HdfMessage[] {
  if (file.u8(address + 4) !== 2) throw damagedFile(address);
  const header = file.u8(address + 5);
  let first = address + 6;
  if ((header & 0x20) !== 0) first += 16;
  if ((header & 0x10) !== 0) first += 4;
  const sizeBytes = 1 << (header & 3);
  const head = (header & 4) !== 0 ? 6 : 4;
  return inBlocks(
    [first + sizeBytes, file.whole(first, sizeBytes)],
    (start, end, goOn) => {
      const messages: HdfMessage[] = [];
      for (let at = start; at + head <= end; ) {
        const [type, size, flags] = [file.u8(at), file.u16(at + 1), file.u8(at + 3)];
        if (at + head + size > end) throw damagedFile(at);
        messages.push({ type, flags, at: at + head });
        if (type === MESSAGE.continuation) goOn(at + head);
        at += head + size;
      }
      return messages;
    },
    (at) => {
      const [block, size] = [file.length(at), file.length(at + 8)];
      if (size < 8 || !file.says(block, 'OCHK')) throw damagedFile(block);
      return [block + 4, size - 8];
    },
  );
}

/** All messages of the first block, and of those that it says to go on with. */
function inBlocks(
  first: readonly [start: number, size: number],
  read: (start: number, end: number, goOn: Continue) => readonly HdfMessage[],
  next: (at: number) => readonly [start: number, size: number],
): readonly HdfMessage[] {
  const blocks = [first];
  const messages: HdfMessage[] = [];
  for (const [start, size] of blocks) {
    for (const message of read(start, start + size, (at) => blocks.push(next(at)))) messages.push(message);
    const isAgain = new Set(blocks.map(([each]) => each)).size < blocks.length;
    if (isAgain || blocks.length > MOST_BLOCKS || messages.length > MOST_MESSAGES) throw damagedFile(start);
  }
  return messages;
}
