import type { ApiForm, CallForms } from '../apis/callForms.ts';
import { chosenConvention } from '../apis/conventionChoice.ts';
import type { KnownApis } from '../apis/knownApis.ts';
import type { LossConfig } from '../lossConfig.ts';
import { alphaOfEntry, defaultAlpha, maySetAlpha } from './configAlpha.ts';
import { type ClassSources, classesIn } from './configClasses.ts';
import { type ConfigEntry, type ConfigObject, entryOf, textFor } from './configEntries.ts';
import { configured } from './configuredLoss.ts';

/** An object that names the type of its loss. */
interface TypedConfig {
  readonly config: LossConfig;
  /** The entry that holds α. */
  readonly used: ConfigEntry | undefined;
}

/** Keys by which config systems name a type, and those under which they hand arguments to it. */
const NAMING = [
  '_target_',
  'class_path',
  'type',
  'TYPE',
  '_component_',
  'class',
  'name',
  'class_name',
  '_name',
  'target',
];
const ARGUMENTS = ['init_args', 'params', 'kwargs', 'args', 'config'];

/** `_target_: torch.nn.CrossEntropyLoss`, `type: LabelSmoothLoss`, `!new:speechbrain.nnet.losses.nll_loss` */
export function typedConfig(
  object: ConfigObject,
  { calls }: KnownApis,
  sources: ClassSources,
): TypedConfig | undefined {
  const naming = NAMING.map((key) => entryOf(object, key)).find((entry) => entry?.scalar?.text !== undefined);
  const tag = object.tag?.replace(/^(?:new|name|apply):/, '');
  const path = tag ?? naming?.scalar?.text;
  if (path === undefined || !/^[\w.:/]+$/.test(path)) return undefined;
  const holders = [object, ...ARGUMENTS.flatMap((key) => entryOf(object, key)?.object ?? [])];
  const named = calls.of(path.replace(':', '.')) ?? registeredForm(path, holders, calls);
  const argument = named?.form.argument;
  if (!named || argument === null || argument === undefined) return undefined;
  const holder = holders.find((each) => entryOf(each, argument)) ?? object;
  const used = entryOf(holder, argument);
  if (!used && !/loss|entropy|criterion|labelsmooth/i.test(named.path)) return undefined;
  if (used && !maySetAlpha(used)) return undefined;
  const { entry, convention, by } = chosenConvention(named, (parameter) => textFor(holder, parameter));
  const span = {
    from: Math.min(object.span.from, naming?.keySpan.from ?? object.span.from),
    to: object.span.to,
  };
  const type = naming?.scalar?.span ?? { from: object.span.from, to: object.span.from };
  const last = holder.entries.at(-1) ?? naming;
  const config = configured({
    kind: 'object',
    entry,
    name: path,
    convention,
    by,
    span,
    line: object.line,
    callee: type.to > type.from ? type : (used?.keySpan ?? last?.keySpan ?? span),
    alpha: used ? alphaOfEntry(used, holder, named.form.complement) : defaultAlpha(named),
    integer: used?.scalar?.integer ?? false,
    classes: classesIn(holder, [object.line, object.lastLine], sources),
    weighted: entryOf(holder, 'weight') !== undefined || entryOf(holder, 'class_weight') !== undefined,
  });
  return { config, used };
}

/** A type that a framework knows by a bare name. */
function registeredForm(
  name: string,
  holders: readonly ConfigObject[],
  calls: CallForms,
): ApiForm | undefined {
  return calls
    .registered(name.slice(name.lastIndexOf('.') + 1))
    .find(
      ({ form }) =>
        !form.registered?.withArgument ||
        holders.some((each) => form.argument !== null && entryOf(each, form.argument)),
    );
}
