import type { SyntaxNode } from '@lezer/common';
import { lastWord } from '../../../sourceTokens.ts';
import { bindTarget } from '../../names/bindings.ts';
import { argumentsOf, calleeOf, dottedOf, memberOf, stringOf, textOf } from '../../syntax/syntaxNodes.ts';

/** A name that something goes by: its own, that of a list or dict it's an element of, or of an object that has it somewhere. */
export interface KeptAs {
  readonly name: string;
  readonly by: 'name' | 'key' | 'element' | 'part';
}

/** Expressions around one that are looked at. */
const MOST_LEVELS = 12;

/** Make a list, a dict or a bare object of what they're given. */
const COLLECTS =
  /^(?:dict|list|tuple|set|deque|OrderedDict|defaultdict|ModuleList|ModuleDict|Sequential|SimpleNamespace|Namespace|EasyDict|AttrDict|Munch|zip|enumerate|chain)$/;
/** Methods that put something into what they're called on. */
const PUTS =
  /^(?:append|appendleft|add|insert|extend|update|setdefault|__setitem__|add_module|register_module|__setattr__)$/;

/** What an expression is kept as, and the calls that are handed it on its way there: `crits['a'] = moved(crit)`. */
export function keptAs(
  made: SyntaxNode,
  code: string,
): { readonly names: readonly KeptAs[]; readonly calls: readonly SyntaxNode[] } {
  const calls: SyntaxNode[] = [];
  const names: KeptAs[] = [];
  let by: KeptAs['by'] = 'name';
  let key: string | null = null;
  let inner = made;
  const add = (name: string | undefined) => {
    if (name === undefined) return;
    if (key !== null) names.push({ name: `${name}.${key}`, by: 'name' });
    names.push({ name, by: key !== null ? 'key' : by });
  };
  for (let level = 0; level < MOST_LEVELS && inner.parent; level++) {
    const outer: SyntaxNode = inner.parent;
    switch (outer.name) {
      case 'AssignStatement':
        if (!isValueOf(outer, made)) return { names, calls };
        for (const { name, kind, value } of bindTarget(outer, code)) {
          if (kind === 'entry') names.push({ name, by: 'element' });
          else if (kind === 'unknown') names.push({ name, by: 'part' });
          else if (value.from <= made.from && made.to <= value.to) {
            add(name);
            const dot = name.lastIndexOf('.');
            if (dot !== -1 && name.slice(0, dot) !== 'self')
              names.push({ name: name.slice(0, dot), by: 'key' });
          }
        }
        return { names, calls };
      case 'ForStatement':
        if ((outer.getChild('in')?.to ?? made.to) > made.from) return { names, calls };
        for (const { name, kind } of bindTarget(outer, code))
          if (kind !== 'entry') names.push({ name, by: 'name' });
        return { names, calls };
      case 'UpdateStatement':
      case 'NamedExpression':
        add(dottedOf(outer.firstChild, code));
        break;
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
      case 'ArrayComprehensionExpression':
      case 'DictionaryComprehensionExpression':
        [by, key] = ['element', null];
        break;
      case 'DictionaryExpression': {
        const before = inner.prevSibling?.name === ':' ? inner.prevSibling.prevSibling : null;
        [by, key] = ['element', (before && stringOf(before, code)) ?? null];
        break;
      }
      case 'ArgList': {
        const call = outer.parent;
        const callee = call?.name === 'CallExpression' ? calleeOf(call) : null;
        if (!call || !callee) return { names, calls };
        const name = lastWord(textOf(callee, code).slice(-LONGEST_NAME));
        const given = argumentsOf(outer, code);
        const argument = given.find(({ value }) => value.from === inner.from);
        if (COLLECTS.test(name)) [by, key] = ['element', argument?.name ?? key];
        else if (PUTS.test(name) && callee.name === 'MemberExpression') {
          const written = given[0] && argument !== given[0] ? stringOf(given[0].value, code) : undefined;
          [by, key] = ['element', argument?.name ?? written ?? key];
          add(dottedOf(callee.firstChild, code));
          return { names, calls };
        } else {
          calls.push(call);
          if (name === 'setattr' && given[0] && given[1]) {
            [by, key] = ['element', stringOf(given[1].value, code) ?? null];
            add(dottedOf(given[0].value, code));
            return { names, calls };
          }
          // A copy is another one.
          if (/copy$/.test(name) && inner.name !== 'CallExpression') return { names, calls };
          [by, key] = ['part', null];
        }
        inner = call;
        continue;
      }
      case 'CallExpression':
        // What a loss gives isn't a loss.
        if (inner.name !== 'MemberExpression' || inner === made) return { names, calls };
        break;
      case 'MemberExpression': {
        if (outer.firstChild?.from !== inner.from) return { names, calls };
        if (outer.lastChild?.name === ']') {
          [by, key] = ['name', null];
          break;
        }
        const isCalled = outer.parent?.name === 'CallExpression' && calleeOf(outer.parent)?.to === outer.to;
        if (!isCalled || !MOVES.test(memberOf(outer, code) ?? '')) return { names, calls };
        break;
      }
      case 'ParenthesizedExpression':
      case 'ConditionalExpression':
      case 'AwaitExpression':
      case 'BinaryExpression':
        break;
      default:
        return { names, calls };
    }
    inner = outer;
  }
  return { names, calls };
}

/** Characters of what is called that are looked at. */
const LONGEST_NAME = 80;

/** Methods that give what they're called on, or one of what it has. */
const MOVES = /^(?:to|cuda|cpu|half|float|double|eval|train|get|pop|values|items|copy|requires_grad_)$/;

/** It stands behind the last sign of an assignment. */
function isValueOf(statement: SyntaxNode, { from }: SyntaxNode): boolean {
  const sign = statement.getChildren('AssignOp').at(-1);
  return sign !== undefined && sign.to <= from;
}
