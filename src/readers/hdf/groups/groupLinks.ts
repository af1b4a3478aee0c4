import { damagedFile } from '../../columnar/damaged.ts';
import type { HdfBytes } from '../hdfBytes.ts';
import { type HdfObject, MESSAGE } from '../hdfObject.ts';
import { denseLinks } from './denseLinks.ts';

/** An object of a group, by its name there. */
export interface HdfLink {
  readonly name: string;
  readonly address: number;
}

/** More links than this aren't looked at. */
const MOST_LINKS = 1 << 16;
const LONGEST_NAME = 1 << 12;
const decoder = new TextDecoder();

/** What is in a group. Links by a path, and into other files, aren't followed. */
export function linksOf(group: HdfObject): readonly HdfLink[] {
  const { file } = group;
  const table = group.find(MESSAGE.symbolTable);
  if (table !== undefined) return tableLinks(file, table);
  const links: HdfLink[] = [];
  for (const at of group.all(MESSAGE.link)) addLink(links, linkAt(file, at));
  const info = group.find(MESSAGE.linkInfo);
  const dense = info === undefined ? [] : denseLinks(file, info);
  for (const at of dense) {
    if (links.length >= MOST_LINKS) break;
    addLink(links, linkAt(file, at));
  }
  return links;
}

function addLink(links: HdfLink[], link: HdfLink | undefined): void {
  if (link) links.push(link);
}

/** The link that a message has; undefined for one that isn't an address. */
function linkAt(file: HdfBytes, message: number): HdfLink | undefined {
  const flags = file.u8(message + 1);
  if (file.u8(message) !== 1) throw damagedFile(message);
  let at = message + 2;
  const kind = (flags & 0x08) !== 0 ? file.u8(at++) : 0;
  if ((flags & 0x04) !== 0) at += 8;
  if ((flags & 0x10) !== 0) at += 1;
  const lengthBytes = 1 << (flags & 3);
  const length = file.whole(at, lengthBytes);
  at += lengthBytes;
  if (kind !== 0) return undefined;
  if (length > LONGEST_NAME) throw damagedFile(at);
  const address = file.address(at + length);
  return address === undefined ? undefined : { name: decoder.decode(file.bytes(at, length)), address };
}

const [LEAF_HEAD, ENTRY] = [8, 40];
/** A symbol of this kind is a path. */
const BY_PATH = 2;

/** Those of a table of symbols: a tree of leaves, with the names in a heap. */
function tableLinks(file: HdfBytes, message: number): readonly HdfLink[] {
  const [tree, heap] = [file.address(message), file.address(message + 8)];
  if (tree === undefined || heap === undefined || !file.says(heap, 'HEAP')) throw damagedFile(message);
  const [size, names] = [file.length(heap + 8), file.address(heap + 24)];
  if (names === undefined || names + size > file.size) throw damagedFile(heap);
  const links: HdfLink[] = [];
  for (const leaf of leavesOf(file, tree)) {
    if (!file.says(leaf, 'SNOD')) throw damagedFile(leaf);
    const count = file.u16(leaf + 6);
    for (let i = 0, at = leaf + LEAF_HEAD; i < count && links.length < MOST_LINKS; i++, at += ENTRY) {
      if (file.u32(at + 16) === BY_PATH) continue;
      const [place, address] = [file.length(at), file.address(at + 8)];
      if (place >= size || address === undefined) throw damagedFile(at);
      links.push({ name: nameAt(file, names + place, names + size), address });
    }
  }
  return links;
}

function nameAt(file: HdfBytes, start: number, end: number): string {
  const bytes = file.bytes(start, Math.min(end - start, LONGEST_NAME));
  const length = bytes.indexOf(0);
  if (length < 0) throw damagedFile(start);
  return decoder.decode(bytes.subarray(0, length));
}

const [NODE_HEAD, PAIR] = [24, 16];

/** The leaves of a version 1 B-tree of symbols, in order. */
function leavesOf(file: HdfBytes, tree: number): readonly number[] {
  const leaves: number[] = [];
  const seen = new Set<number>();
  const visit = (node: number, above: number): void => {
    const level = file.u8(node + 5);
    if (!file.says(node, 'TREE') || file.u8(node + 4) !== 0 || level >= above) throw damagedFile(node);
    const count = file.u16(node + 6);
    for (let i = 0, at = node + NODE_HEAD + 8; i < count; i++, at += PAIR) {
      const child = file.address(at);
      if (child === undefined || seen.has(child)) throw damagedFile(at);
      seen.add(child);
      if (level > 0) visit(child, level);
      else leaves.push(child);
    }
  };
  visit(tree, 256);
  return leaves;
}
