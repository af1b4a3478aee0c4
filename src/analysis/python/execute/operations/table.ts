import { CHOOSING } from './choosing.ts';
import { type Operation, type OperationDefinition, operationParameters } from './definition.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { LOSSES } from './losses/losses.ts';
import { MAKING } from './making.ts';
import { PAIRED } from './paired.ts';
import { REDUCTIONS } from './reducing.ts';
import { MOVING } from './shapes/moving.ts';
import { SHAPING } from './shapes/shaping.ts';

let operations: ReadonlyMap<string, Operation> | undefined;

/**
 * By name: `torch.log`, `np.log`, `tf.log`; methods by library, `.torch.log`. Adding an operation is adding a line to a file
 * of this folder. Made when it's first needed: the operations use what uses them.
 */
export function operationNamed(name: string): Operation | undefined {
  operations ??= new Map(
    [
      ...MAKING,
      ...SHAPING,
      ...MOVING,
      ...ELEMENTWISE,
      ...PAIRED,
      ...REDUCTIONS,
      ...CHOOSING,
      ...LOSSES,
    ].flatMap(entriesOf),
  );
  return operations.get(name);
}

function entriesOf([names, signature, perform]: OperationDefinition): [string, Operation][] {
  const parameters = operationParameters(signature);
  return names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => [name, { parameters, perform, inPlace: /[^_]_$/.test(name) }]);
}
