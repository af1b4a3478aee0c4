import type { SyntaxNode } from '@lezer/common';
import type { ImportedName } from '../code.ts';
import { codeParts } from '../codeParts.ts';

/** What an import statement binds; `bound` null for a star. */
export function importedBy(node: SyntaxNode, text: string): ImportedName[] {
  const parts = codeParts(node);
  const word = (part: SyntaxNode | undefined) => (part ? text.slice(part.from, part.to) : '');
  const isFrom = parts[0]?.name === 'from';
  const start = isFrom ? parts.findIndex(({ name }) => name === 'import') : 0;
  const head = isFrom ? parts.slice(1, start) : [];
  const from = head.filter(({ name }) => name === 'VariableName').map(word);
  const first = head.findIndex(({ name }) => name === 'VariableName');
  const dots = (first === -1 ? head : head.slice(0, first)).map(word).join('').length;
  const names: ImportedName[] = [];
  for (let i = start + 1; i < parts.length; ) {
    if (parts[i]!.name === '*') return [{ bound: null, level: dots, path: from, name: null }];
    const path = [word(parts[i])];
    for (i++; parts[i]?.name === '.'; i += 2) path.push(word(parts[i + 1]));
    const alias = parts[i]?.name === 'as' ? word(parts[i + 1]) : null;
    if (alias !== null) i += 2;
    if (isFrom) names.push({ bound: alias ?? path[0]!, level: dots, path: from, name: path[0]! });
    else if (alias !== null) names.push({ bound: alias, level: 0, path, name: null });
    else names.push({ bound: path[0]!, level: 0, path: path.slice(0, 1), name: null });
  }
  return names;
}
