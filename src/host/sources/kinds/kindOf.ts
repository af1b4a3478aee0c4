import * as v from 'valibot';
import { Disposable } from 'vscode';
import type { SourceEvents } from '../sourceEvents.ts';
import { cellKind } from './cellSource.ts';
import { documentKind } from './documentSource.ts';
import { fileKind } from './fileSource.ts';
import type { SourceKind } from './sourceKind.ts';
import { textKind } from './textSource.ts';

/** Every kind of source there is. A new one is its module and its line here. */
const KINDS = {
  document: documentKind,
  text: textKind,
  file: fileKind,
  cell: cellKind,
};

/** A source without targets from elsewhere; or where those come from. */
export const targetsSchema = v.variant(
  'kind',
  Object.values(KINDS).map(({ schema }) => schema),
);

export type TargetsSource = v.InferOutput<typeof targetsSchema>;

type KindName = TargetsSource['kind'];
type Kinds = { readonly [K in KindName]: SourceKind<Extract<TargetsSource, { kind: K }>, TargetsSource> };

/** Fails to compile if a line of the table doesn't have the module of its kind. */
const BY_NAME: Kinds & { readonly [K in keyof typeof KINDS]: Kinds[K] } = KINDS;

/** What a source can do. */
export function kindOf<S extends TargetsSource>(source: S): SourceKind<S, TargetsSource> {
  return BY_NAME[source.kind] as SourceKind<S, TargetsSource>;
}

/** Follows a source of any kind, which may become one of another kind. */
export function watchKinds(
  current: () => TargetsSource | undefined,
  events: SourceEvents<TargetsSource>,
): Disposable {
  const watched = Object.values<SourceKind<TargetsSource, TargetsSource>>(BY_NAME).map((kind) =>
    kind.watch?.(() => {
      const source = current();
      return source && kindOf(source) === kind ? source : undefined;
    }, events),
  );
  return Disposable.from(...watched.filter((each) => each !== undefined));
}
