/** What code has of a package, whichever of its APIs it calls. Given with any of them. */
export interface FrameworkPackage {
  /** Where code imports it: the first part of the paths. */
  readonly name: string;
  /**
   * What a loss written by hand with it is called after, and what is in the code of one. `byImport`: a module that imports it has
   * no other losses.
   */
  readonly handwritten?: { readonly framework: string; readonly code: RegExp; readonly byImport?: true };
  /** What everybody imports parts of it as: `F` for `torch.nn.functional`. For names that a snippet doesn't bind. */
  readonly customary?: Readonly<Record<string, string>>;
  /** Other names of its modules, by the beginning of a path, with the dot. Where one begins another the longer one is first. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Paths in it that aren't what their last name says: those not through `under`, and those through `notUnder`. */
  readonly lookalikes?: { readonly under: string; readonly notUnder: string };
  /** Layers whose size is that of their output, with the parameter that says it and its position: the last one tells K. */
  /** Calls that take the name of a loss for one: `model.compile(loss='categorical_crossentropy')`. Lists and dicts of names, too. */
  readonly takesNames?: readonly NameTaker[];
  readonly layers?: Readonly<Record<string, { readonly parameter: string; readonly position: number }>>;
}

/** An argument that is a loss, or the name of one. */
export interface NameTaker {
  /** The last name of what is called. */
  readonly call: string;
  readonly argument: string;
  /** Absent: by name only. */
  readonly position?: number;
  /** Full names of what is called. Absent: a method of an object. */
  readonly paths?: readonly string[];
}
