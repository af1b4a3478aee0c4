import { smoothingOf, valuesOf } from '../../../loss/conventions/smoothing.ts';
import { isAtLeast } from '../../checks/releases.ts';
import type { BooleanAlpha, ConfidenceAlpha, OldRelease } from '../../checks/usageFindings.ts';
import { isGuarded } from '../syntax/guardedCall.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import { sureAlpha, sureClasses, type UsedLoss } from './usedLoss.ts';

/** From here on hardly anything of the label is left; people who write it mean 1 − α. */
const LARGE = 0.8;

/** α that is a confidence, by its size or its name. */
export function confidenceAlpha({ config, call }: UsedLoss): readonly ConfidenceAlpha[] {
  const alpha = sureAlpha(config);
  const { convention, labels } = config;
  const given = config.alpha;
  if (alpha === undefined || alpha === 1 || !given.span || !given.argument || labels !== 'hard') return [];
  const isNamed = /confidence/i.test(given.text ?? '') && alpha > 0.5;
  if (alpha < LARGE && !isNamed) return [];
  const classes = sureClasses(config);
  const values =
    convention && classes !== undefined && classes > 1
      ? valuesOf(smoothingOf({ convention, labelSmoothing: alpha, ignoreIndex: null }, classes))
      : null;
  const { token } = given;
  const isHere =
    token !== null &&
    token.place.module === undefined &&
    (token.place.cell ?? call.site.scope.module.cell) === call.site.scope.module.cell &&
    !token.complement;
  const meant = Number((1 - alpha).toPrecision(12));
  return [
    {
      rule: 'confidence-alpha',
      span: given.span,
      found: alpha,
      on: values?.on ?? null,
      off: values?.off ?? null,
      fix: isHere ? { kind: 'complement', edits: [{ span: token.place.span, text: String(meant) }] } : null,
    },
  ];
}

/** `label_smoothing=True`, where that counts as 1 or nobody knows as what. */
export function booleanAlpha({ call }: UsedLoss): readonly BooleanAlpha[] {
  const { alpha, form, argument, site } = call;
  if (!alpha || !form || argument === null || call.entry?.instead !== undefined) return [];
  const { node, scope } = alpha.expression;
  if (scope.module !== site.scope.module || textOf(node, scope.module.text) !== 'True') return [];
  // Of a switch True is what there is to say.
  if (form.form.switch !== undefined || (form.form.ifTrue !== undefined && form.form.ifTrue !== 1)) return [];
  return [{ rule: 'boolean-alpha', span: alpha.span, argument, fix: null }];
}

/** The releases of which an argument for α is, by the APIs that have got it. */
const SINCE: Readonly<Record<string, { readonly package: string; readonly since: string }>> = {
  'torch.CrossEntropyLoss.index': { package: 'torch', since: '1.10' },
};

/** The project is pinned to a release without the argument. */
export function oldRelease({ call, context }: UsedLoss): readonly OldRelease[] {
  const release = SINCE[call.entry?.id ?? ''];
  const { alpha, argument, site } = call;
  if (!release || !alpha || argument === null || alpha.expression.scope.module !== site.scope.module)
    return [];
  if (!call.form || isGuarded(site.node, site.scope.module.text)) return [];
  const version = context.pins?.[release.package];
  if (version === undefined || isAtLeast(version, release.since)) return [];
  return [{ rule: 'old-release', span: alpha.span, argument, version, ...release, fix: null }];
}
