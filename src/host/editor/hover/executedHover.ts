import { l10n } from 'vscode';
import { claimsOf } from '../../../analysis/claims/lossClaims.ts';
import type { Effect } from '../../../analysis/claims/smoothingEffect.ts';
import type { TargetValues } from '../../../analysis/claims/targetValues.ts';
import { equivalentAlphas, USERS } from '../../../frameworks/conventionUsers.ts';
import { fixedNats, literal, plain } from '../../../words/numberFormat.ts';
import type { Subject } from './hoverSubject.ts';

/** Targets that are known by running the loss, and that no convention has. */
export function aboutExecuted({
  config,
  classes,
  effect,
}: Subject<Extract<Effect, { kind: 'executed' }>>): string {
  const { figures } = effect;
  const { targets, floor } = claimsOf(config, classes?.value ?? null);
  if (figures.classes !== null && figures.classes !== classes?.value)
    return l10n.t('The targets here follow none of the known definitions of α.');
  const floors = config.input === null ? figures.floors : null;
  return [
    targets && targets !== 'soft' ? targetsWords(targets) : '',
    targets && targets !== 'soft' ? elsewhere(config, targets, classes?.value ?? null) : '',
    floor === null ? '' : l10n.t('Floor: {0} nats.', `**${fixedNats(floor, 6)}**`),
    floors
      ? l10n.t(
          'With these class weights each true class has a floor of its own, in nats: {0}.',
          floors.map((each) => fixedNats(each, 4)).join(', '),
        )
      : '',
    config.form === 'focal' ? l10n.t('A focal loss: no floor is given.') : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function targetsWords({
  on,
  off,
  sum,
}: {
  readonly on: number;
  readonly off: number;
  readonly sum: number;
}): string {
  const words = l10n.t('true class {0}, others {1}', `**${plain(on)}**`, `**${plain(off)}**`);
  return Math.abs(sum - 1) < 1e-9 ? words : `${words} · ${l10n.t('sum {0}', plain(sum))}`;
}

/** The α with which losses of frameworks have these targets: u = K·off, where they sum to 1. */
function elsewhere({ form }: Subject['config'], { off, sum }: TargetValues, classes: number | null): string {
  if (form === 'sigmoid' || form === 'focal' || classes === null || Math.abs(sum - 1) > 1e-9) return '';
  const uniform = Number((classes * off).toPrecision(12));
  if (!(uniform > 0 && uniform <= 1)) return '';
  const all = [
    { convention: 'UNIFORM_K', alpha: uniform } as const,
    ...equivalentAlphas('UNIFORM_K', uniform, classes),
  ];
  const same = all.map(({ convention, alpha }) => {
    const shown = plain(alpha);
    return `${USERS[convention]} **α ${shown === literal(alpha) ? '=' : '≈'} ${shown}**`;
  });
  return l10n.t('The same targets in other frameworks: {0}', same.join(' · '));
}
