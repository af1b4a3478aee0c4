// What is used of jsfive, which comes without types.
declare module 'jsfive' {
  /** Messages of an object's header: each with its type, flags, and where it is. */
  export interface HeaderMessage {
    get(key: 'type' | 'flags' | 'offset_to_message' | 'size'): number;
  }

  export interface DataObjects {
    readonly offset: number;
    readonly is_dataset: boolean;
    readonly shape: readonly number[];
    readonly fillvalue: number;
    /** (axes) undefined if the numbers aren't in chunks. */
    readonly chunks: readonly number[] | null;
    readonly filter_pipeline: readonly ReadonlyMap<string, unknown>[] | null;
    readonly _chunk_address: number;
    find_msg_type(type: number): readonly HeaderMessage[];
  }

  export class Group {
    readonly _dataobjects: DataObjects;
    /** Addresses of objects, or the paths of soft links, by name. */
    readonly _links: Readonly<Record<string, unknown>>;
    readonly keys: readonly string[];
    get(name: string): Group;
  }

  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }

  export const Filters: ReadonlyMap<number, (bytes: ArrayBuffer, itemSize: number) => ArrayBuffer>;
}
