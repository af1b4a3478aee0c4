import type { ApiForm, CallForms } from '../../apis/callForms.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import type { BoundCall } from './boundCall.ts';

/** No example's function has more. */
const MOST_PARAMETERS = 50;

/** The example that a definition is a copy of: it has the name, and the same parameters. */
export function copyDefined(scope: Scope, calls: CallForms): ApiForm | undefined {
  const copies = calls.copiesOf(scope.name);
  if (copies.length === 0) return undefined;
  const init = scope.kind === 'class' ? scope.bindings.get('__init__')?.at(-1) : undefined;
  const definition = init?.kind === 'definition' ? init.defined : scope;
  const names = new Set(definition.parameters.map(({ name }) => name));
  return copies.find(
    ({ form }) => form.parameters.length > 0 && form.parameters.every((parameter) => names.has(parameter)),
  );
}

/** The example that something whose source isn't at hand is called like: all arguments are its own. */
export function copyCalled(
  name: string,
  { named, positional }: BoundCall,
  calls: CallForms,
): ApiForm | undefined {
  const names = named.names(MOST_PARAMETERS);
  return calls
    .copiesOf(name)
    .find(
      ({ form }) =>
        names.length >= 2 &&
        names.every((each) => form.parameters.includes(each)) &&
        positional.length + names.length >= form.parameters.length,
    );
}
