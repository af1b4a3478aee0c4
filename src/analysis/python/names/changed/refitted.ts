import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import type { PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, textOf } from '../../syntax/syntaxNodes.ts';
import { SET } from './changedObjects.ts';
import { setsOfAttributes } from './setAttributes.ts';

/** A layer of its objects is replaced where they're used: `model.fc = nn.Linear(512, 5)`, `model.head[-1] = nn.Linear(512, 5)`. */
export const isRefitted = remembered(({ module, attributes }: Scope): boolean => {
  const sets = setsOfAttributes(module);
  for (const [name, bindings] of attributes) {
    const isMade = bindings.some((each) => each.kind === 'value' && each.value.name === 'CallExpression');
    if (isMade && (sets.has(name) || filledMembers(module).has(name) || namesSet(module).has(name)))
      return true;
  }
  return false;
});

/** Entries of what goes by the name are set: `model[-1] = nn.Linear(512, 5)`. */
export function areEntriesSet(name: string, module: PyModule): boolean {
  return objectsFilled(module).has(name);
}

/** What gets another layer in the place of one of its own. */
const objectsFilled = remembered(
  ({ entrySets, text }: PyModule): ReadonlySet<string> =>
    new Set(
      entrySets.flatMap(({ object, node }) => {
        const value = node.parent?.lastChild;
        const callee = value?.name === 'CallExpression' ? calleeOf(value) : null;
        return callee && /^[A-Z]/.test(lastWord(textOf(callee, text))) ? [object] : [];
      }),
    ),
);

const filledMembers = remembered(
  (module: PyModule): ReadonlySet<string> =>
    new Set([...objectsFilled(module)].flatMap((each) => (each.includes('.') ? [lastWord(each)] : []))),
);

/** `setattr(model, "fc", nn.Linear(512, 5))` */
const namesSet = remembered(
  ({ text }: PyModule): ReadonlySet<string> =>
    new Set(Array.from(text.matchAll(SET), ([, , key = '']) => key)),
);
