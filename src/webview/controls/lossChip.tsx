import * as l10n from '@vscode/l10n';
import type { NearbyLoss, PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import { count, plain } from '../../words/numberFormat.ts';
import { usePage } from '../state/page.ts';
import { isolated } from '../widgets/classNames.ts';
import { Menu, type MenuGroup } from '../widgets/menu.tsx';

type Shown = Pick<PanelSnapshot, 'applied' | 'loss' | 'nearby' | 'labelSmoothing' | 'summary'>;

/** More values of α than this aren't listed. */
const MOST_LISTED = 3;

/** Says which loss in code α is from, or which there are; a menu has the others, and ways to the code. */
export function LossChip({ snapshot, alpha }: { readonly snapshot: Shown; readonly alpha: number }) {
  const { host } = usePage();
  const { applied, loss, nearby } = snapshot;
  const words = chipWords(snapshot, alpha);
  if (words === undefined) return null;
  const item = (near: NearbyLoss) => ({
    name: itemWords(near),
    control: 'takeLoss',
    ...(near.why !== null && { title: near.why }),
    ...(near.labelSmoothing === null && { disabled: true }),
    run: () => host.takeLoss(near.id),
  });
  const here = nearby.filter(({ isHere }) => isHere);
  const beside = nearby.filter(({ isHere }) => !isHere);
  const groups: readonly MenuGroup[] = [
    { title: l10n.t('Use the α of'), items: here.map(item) },
    { title: l10n.t('Use the α of another file'), items: beside.map(item) },
    {
      title: l10n.t('Its code'),
      items:
        loss === null
          ? []
          : [
              ...(applied
                ? [
                    {
                      name: l10n.t('Show in the editor'),
                      control: 'revealLoss',
                      run: () => host.revealLoss(),
                    },
                  ]
                : []),
              {
                name: l10n.t('Open {0} without logits', isolated(loss)),
                title: l10n.t('Its targets and floor, without logits'),
                control: 'loss',
                run: () => host.turnTo('loss'),
              },
            ],
    },
  ];
  return (
    <span class={applied?.labelSmoothing === alpha ? 'chip taken' : 'chip'} data-figure="applied">
      <Menu
        button={words}
        label={words}
        control="fromCode"
        {...(applied && { title: applied.from })}
        groups={groups.filter(({ items }) => items.length > 0)}
      />
    </span>
  );
}

/** Undefined where there's nothing in code to speak of. */
function chipWords(snapshot: Shown, alpha: number): string | undefined {
  const { applied, loss, nearby } = snapshot;
  if (applied)
    return applied.labelSmoothing === alpha
      ? l10n.t('α {0} from {1}', plain(alpha), applied.place)
      : l10n.t('{1} has α {0}', plain(applied.labelSmoothing), applied.place);
  const [first, ...others] = nearby.filter(({ labelSmoothing }) => labelSmoothing !== null);
  if (!first) return loss === null ? undefined : isolated(loss);
  if (others.length === 0) {
    const own = plain(first.labelSmoothing!);
    return first.labelSmoothing === alpha
      ? l10n.t('{1} has α {0}, too', own, first.place)
      : l10n.t('use α {0} of {1}', own, first.place);
  }
  return severalWords(
    [first, ...others].map(({ labelSmoothing }) => labelSmoothing!),
    // Neither the logits nor the code said so.
    alpha === snapshot.labelSmoothing && snapshot.summary.declared.labelSmoothing === null && alpha,
  );
}

/** None of them is applied: which there are, and that the α shown is nobody's. */
function severalWords(inCode: readonly number[], byDefault: number | false): string {
  const values = [...new Set(inCode)].map(plain);
  if (byDefault === false || values.length > MOST_LISTED)
    return l10n.t('{0} losses in the code', count(inCode.length));
  const listed = new Intl.ListFormat(document.documentElement.lang || 'en').format(values);
  return l10n.t('α {0} is the default; the code has {1}', plain(byDefault), listed);
}

function itemWords({ isTaken, labelSmoothing, name, place }: NearbyLoss): string {
  const alpha = labelSmoothing === null ? l10n.t('α unknown') : `α ${plain(labelSmoothing)}`;
  return `${isTaken ? '✓ ' : ''}${alpha} · ${isolated(name)} · ${place}`;
}
