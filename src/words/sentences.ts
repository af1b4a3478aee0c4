/** A sentence for each kind of a union, told apart by `Key`: a new kind doesn't compile without its sentence. */
export type Sentences<
  Key extends string,
  Union extends Readonly<Record<Key, string>>,
  More extends readonly unknown[] = [],
> = {
  readonly [Kind in Union[Key]]: (
    about: Extract<Union, Readonly<Record<Key, Kind>>>,
    ...more: More
  ) => string;
};

/** The sentence that a table has for this. */
export function sentenceFrom<
  Key extends string,
  Union extends Readonly<Record<Key, string>>,
  More extends readonly unknown[],
>(table: Sentences<Key, NoInfer<Union>, NoInfer<More>>, key: Key, about: Union, ...more: More): string {
  // The entry of this kind takes this kind: its type says so of all of them, but not of the one that is looked up.
  const sentence = table[about[key]] as unknown as (about: Union, ...more: More) => string;
  return sentence(about, ...more);
}
