import type { ParameterCode } from '../../code/code.ts';
import type { SiteArgument } from '../../question.ts';
import { RaisedError } from '../../run/endings.ts';

/** The arguments by the parameters they go to. Throws what Python raises where there's no such parameter. */
export function givenTo(
  roles: readonly ParameterCode[],
  given: readonly SiteArgument[],
  name: string,
): Map<string, SiteArgument> {
  const positional = roles.filter(({ star }) => star === '');
  const takesMore = roles.some(({ star }) => star === '*');
  const takesNames = roles.some(({ star }) => star === '**');
  const at = new Map<string, SiteArgument>();
  let next = 0;
  for (const argument of given) {
    if (argument.name !== null) {
      if (!takesNames && !positional.some((role) => role.name === argument.name))
        throw new SiteError('TypeError', `${name}() got an unexpected keyword argument '${argument.name}'`);
      at.set(argument.name, argument);
      continue;
    }
    const parameter = positional[next++];
    if (parameter) at.set(parameter.name, argument);
    else if (!takesMore)
      throw new SiteError('TypeError', `${name}() takes ${positional.length} positional arguments`);
  }
  return at;
}

/** The call itself doesn't fit. */
export class SiteError extends RaisedError {}
