import * as l10n from '@vscode/l10n';
import { USERS } from '../../frameworks/conventionUsers.ts';
import { CONVENTION_NAMES, CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';
import { targetFormula } from '../../loss/conventions/targetFormula.ts';
import { useFrameworks } from '../state/hooks.ts';

interface SelectProps {
  readonly convention: ConventionName;
  /** Why one of them can't be had here. */
  readonly refusal?: (name: ConventionName) => string | undefined;
  readonly choose: (name: ConventionName) => void;
  readonly among?: readonly ConventionName[];
  readonly control?: string;
}

/** How α is read, by what every other class gets and who does so. */
export function ConventionSelect({
  convention,
  refusal = () => undefined,
  choose,
  among = CONVENTION_NAMES,
  control = 'convention',
}: SelectProps) {
  return (
    <select
      value={convention}
      class="convention"
      data-control={control}
      aria-label={l10n.t('Convention: what α means')}
      onChange={(event) => choose(event.currentTarget.value as ConventionName)}
    >
      {among.map((name) => {
        const refused = refusal(name);
        return (
          <option key={name} value={name} disabled={refused !== undefined} title={refused}>
            {`${shortName(name)} · ${USERS[name]}`}
          </option>
        );
      })}
    </select>
  );
}

/** By what every other class gets: "α/K". */
export function shortName(name: ConventionName): string {
  const [, off] = targetFormula(name, 'α', 'K');
  return CONVENTIONS[name].activation === 'sigmoid' ? l10n.t('sigmoid {0}', off) : off;
}

const MOST_NAMES = 4;

/** What a convention makes of a label, as a formula. */
export function conventionFormula(name: ConventionName): string {
  return l10n.t('The true class gets {0}, every other class {1}.', ...targetFormula(name, 'α', 'K'));
}

/** The targets of the convention as a formula, and the frameworks that mean it. */
export function ConventionLine({ convention }: { convention: ConventionName }) {
  const users = useFrameworks()?.[convention];
  const more = users && users.length - MOST_NAMES;
  return (
    <p class="says convention-line" data-convention={convention}>
      <span>{conventionFormula(convention)}</span>
      <span title={users?.join(', ')} data-figure="frameworks">
        {users
          ? more! > 1
            ? l10n.t('Used by {0} and {1} more.', users.slice(0, MOST_NAMES).join(', '), more!)
            : l10n.t('Used by {0}.', users.join(', '))
          : l10n.t('Used by {0}.', USERS[convention])}
      </span>
    </p>
  );
}
