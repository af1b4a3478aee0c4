import { describe, expect, it } from 'vitest';
import { hasHintWord } from '../../../src/analysis/hintWords.ts';
import type { CallForm, CodeForm, KeyForm } from '../../../src/frameworks/callForm.ts';
import { FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import type { FrameworkApi } from '../../../src/frameworks/frameworkApi.ts';
import type { ConfigSigns } from '../../../src/frameworks/surroundings.ts';
import { analyzed, CASES } from './corpus.ts';

const FORMS = FRAMEWORK_APIS.flatMap((api) => api.calls.map((form) => ({ api, form })));
const OWN = FORMS.filter(({ api }) => api.sameCallAs === undefined);

const isKey = (form: CallForm): form is KeyForm => form.kind === 'key';
/** Python's: other languages aren't analyzed, and of an example that is copied the parameters count. */
const isPython = (path: string) => /^[a-zA-Z]\w*(?:\.\w+)+$/.test(path) && !/^(?:tf|Flux)\./.test(path);
const isCode = (form: CallForm): form is CodeForm => form.kind !== 'key' && form.kind !== 'flag';

function idsIn(source: string, language: 'python' | 'yaml'): readonly string[] {
  return analyzed(source, language).configs.map(({ api }) => api);
}

/** A text that a pattern of the catalogue fits. */
const textFor = ({ source }: RegExp) => source.replace(/\(\?:.*?\)\?|[\^$]/g, '');

/** YAML with a key, and just as many signs around it as it takes. */
function yamlWith(key: string, { keys = '', least = 1, under, beside, atTop, topKeys = [] }: ConfigSigns) {
  const signs = keys.split(' ').filter((sign) => sign !== '' && sign !== key);
  const top = [
    ...topKeys.map(([first]) => `${first}: x`),
    ...(atTop ? [`${atTop.key}: ${textFor(atTop.value)}`] : []),
  ];
  const inside = [
    ...signs.slice(0, least).map((sign) => `${sign}: 1`),
    ...(beside ? [`${beside.key}: ${textFor(beside.value)}`] : []),
    `${key}: 0.1`,
  ];
  return [...top, `${under ? textFor(under) : 'options'}:`, ...inside.map((line) => `  ${line}`), ''].join(
    '\n',
  );
}

describe('a form of the catalogue', () => {
  it('is of one entry only, unless the others say so', () => {
    const owners = new Map<string, Set<string>>();
    for (const { api, form } of OWN)
      for (const path of form.paths)
        if (isCode(form)) owners.set(path, (owners.get(path) ?? new Set()).add(api.id));
    expect([...owners].filter(([, ids]) => ids.size > 1)).toEqual([]);
    for (const { id, sameCallAs, calls } of FRAMEWORK_APIS) {
      if (sameCallAs === undefined) continue;
      const other = FRAMEWORK_APIS.find((api) => api.id === sameCallAs)?.calls.flatMap(({ paths }) => paths);
      expect(other, id).toEqual(expect.arrayContaining(calls.flatMap(({ paths }) => paths)));
    }
  });

  it.each(
    OWN.flatMap(({ api, form }) =>
      isCode(form) ? form.paths.filter(isPython).map((path) => [path, api, form] as const) : [],
    ),
  )('%s is found in Python', (path: string, api: FrameworkApi, form: CodeForm) => {
    const argument = form.argument ?? 'label_smoothing';
    expect(idsIn(`import ${path.split('.')[0]}\n${path}(${argument}=0.1)\n`, 'python')).toEqual([api.id]);
  });

  it.each(
    OWN.flatMap(({ api, form }) => (isKey(form) ? form.paths.map((path) => [path, api, form] as const) : [])),
  )('the key %s is its own where its signs are', (key: string, api: FrameworkApi, form: KeyForm) => {
    for (const signs of form.signs ?? [{}]) {
      const expected = api.instead === 'preference' ? [] : [api.id];
      expect(idsIn(yamlWith(key, signs), 'yaml'), yamlWith(key, signs)).toEqual(expected);
      expect((signs.keys ?? '').split(' ').length).toBeLessThan(32);
    }
    if (form.signs) expect(idsIn(yamlWith(key, {}), 'yaml')).not.toContain(api.id);
  });

  it('that is a flag is in the corpus', () => {
    const findings = CASES.filter(({ language }) => language === 'shellscript').flatMap(
      (each) => each.findings,
    );
    const missing = FORMS.filter(({ form }) => form.kind === 'flag').filter(
      ({ api }) => !findings.some((line) => line.includes(` = ${api.id} |`)),
    );
    expect(missing.map(({ api }) => api.id)).toEqual([]);
  });

  it('has a hint word: without one its document isn’t looked at', () => {
    const wordsOf = (form: CallForm) => {
      const around = isKey(form)
        ? (form.signs ?? []).flatMap((signs) => [signs.under, signs.beside?.value])
        : [];
      return [form.argument, ...around.flatMap((pattern) => pattern?.source ?? [])].join(' ');
    };
    const silent = FORMS.filter(({ form }) =>
      form.paths.some((path) => !hasHintWord(`${path} ${wordsOf(form)}`)),
    );
    expect(silent.map(({ api, form }) => `${api.id}: ${form.paths}`)).toEqual([]);
  });
});
