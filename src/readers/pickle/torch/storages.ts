import { damaged, unsupported } from '../machine/pickleFault.ts';
import { pickledSize } from '../machine/pickleNumbers.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  type PickledBytes,
  PickledGlobal,
  PickledList,
  PickledStorage,
  type PickleValue,
  type StoragePlace,
} from '../machine/pickleValues.ts';
import { storageElement } from '../meaning/elementTypes.ts';

/** The storages of a file by their keys, as its persistent ids name them. */
export class Storages {
  readonly #little: boolean;
  readonly #find: (key: string) => StoragePlace | undefined;
  readonly #byKey = new Map<string, PickledStorage>();

  /** `find` knows where the numbers of a storage are, if that is known before all objects are read. */
  constructor(little: boolean, find: (key: string) => StoragePlace | undefined = () => undefined) {
    this.#little = little;
    this.#find = find;
  }

  /** ('storage', type, key, location, elements): the same key is the same storage. Throws Unreadable for anything else. */
  of(id: PickleValue, offset: number): PickledStorage {
    const [tag, type, key, , count, view] = id instanceof PickledList ? id.items : [];
    const name = pickledText(key);
    const elements = pickledSize(count);
    if (pickledText(tag) !== 'storage' || name === undefined || elements === undefined)
      throw damaged('storage', offset);
    // Before PyTorch 0.4 a storage could be a part of another.
    if ((view ?? null) !== null) throw unsupported('storage view', offset);
    const element = type instanceof PickledGlobal ? storageElement(type.name, this.#little) : undefined;
    if (!element) throw damaged('storage', offset);
    const known = this.#byKey.get(name);
    if (known && known.element.typeName === element.typeName) return known;
    const storage = new PickledStorage(element, elements, this.#find(name));
    this.#byKey.set(name, storage);
    return storage;
  }

  /** Bytes of an element of a storage; undefined if no object has the storage. */
  sizeAt(key: string | undefined): number | undefined {
    return key === undefined ? undefined : this.#byKey.get(key)?.element.size;
  }

  /** Says where the numbers of a storage are. */
  place(key: string, place: PickledBytes): void {
    const storage = this.#byKey.get(key);
    if (storage) storage.place = place;
  }
}
