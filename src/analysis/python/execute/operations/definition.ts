import type { PyValue } from '../run/values.ts';
import type { Arguments } from './arguments.ts';

/** An operation: its names with blanks between them, what it takes (`input|x, dim=None, *shape`), and what comes of it. */
export type OperationDefinition = readonly [
  names: string,
  signature: string,
  perform: (given: Arguments) => PyValue,
];

/** A function of torch that is a method, too. */
export function torch(names: string): string {
  return each(names, (name) => `torch.${name} .torch.${name}`);
}

/** A function of NumPy and JAX; a method of their arrays, too. */
export function numpy(names: string): string {
  return each(names, (name) => `np.${name} .numpy.${name}`);
}

/** A function of TensorFlow, of `keras.ops` and of the backend of Keras. */
export function keras(names: string): string {
  return each(names, (name) => `tf.${name} ops.${name} K.${name}`);
}

function each(names: string, make: (name: string) => string): string {
  return names.split(' ').map(make).join(' ');
}

/** One operation, under all its names. */
export interface Operation {
  readonly parameters: readonly OperationParameter[];
  readonly perform: (given: Arguments) => PyValue;
  /** It writes to its first argument. */
  readonly inPlace: boolean;
}

interface OperationParameter {
  /** What the operation calls it, and what else it may be given as. */
  readonly names: readonly string[];
  readonly required: boolean;
  /** It takes all that is left. */
  readonly rest: boolean;
}

/** `input|x, dim|axis=None, *shape` */
export function operationParameters(signature: string): OperationParameter[] {
  return signature.split(',').flatMap((part) => {
    const written = part.trim();
    if (written === '') return [];
    const [names = ''] = written.replace('*', '').split('=');
    return [
      {
        names: names.split('|'),
        required: !written.includes('=') && !written.startsWith('*'),
        rest: written.startsWith('*'),
      },
    ];
  });
}
