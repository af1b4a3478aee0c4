// Writes ThirdPartyNotices.txt: what others wrote of what is packaged, with its licences.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/** Licences that ask for nothing but what is done here. Another one has to be read first. */
const ACCEPTED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

/** What no bundle names: the kernel's standard library, and the functions that bundling adds. */
const COMPILED_IN = ['node_modules/assemblyscript', 'node_modules/esbuild'];

/** Data of the UCI Machine Learning Repository, all licensed under CC BY 4.0. */
const DATA = `The samples digits.logits.json and label-smoothing.ipynb have labels of, and outputs of networks trained on, the first of these data
sets; the lab has all four, as scikit-learn has them. They are from the UCI Machine Learning Repository and licensed under CC BY 4.0,
https://creativecommons.org/licenses/by/4.0/legalcode:

Optical Recognition of Handwritten Digits, by E. Alpaydin and C. Kaynak (1998), https://doi.org/10.24432/C50P49
Wine, by S. Aeberhard and M. Forina (1992), https://doi.org/10.24432/C5PC7J
Iris, by R. A. Fisher (1936), https://doi.org/10.24432/C56C76
Breast Cancer Wisconsin (Diagnostic), by W. Wolberg, O. Mangasarian, N. Street and W. Street (1993), https://doi.org/10.24432/C5DW2B
`;

/**
 * The packages that are in bundles, by folder, each with its files there.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {Map<string, Set<string>>}
 */
function bundledPackages(metafiles) {
  const packages = new Map(COMPILED_IN.map((folder) => [folder, new Set()]));
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const file of Object.keys(inputs)) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
        if (folder) packages.set(folder, (packages.get(folder) ?? new Set()).add(file));
      }
  return packages;
}

/** What is said of a package. Throws if its licence isn't one of those accepted. */
function noticeOf(root, folder, files) {
  const { name, version, author, license } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  );
  if (!ACCEPTED.includes(license))
    throw new Error(
      `${name} has the licence ${JSON.stringify(license)}. Read it, then see ACCEPTED in .build/notices.js.`,
    );
  const copyrights = copyrightsIn([...files].map((file) => readFileSync(join(root, file), 'utf8')));
  const texts = textsIn(join(root, folder), /^(?:licen[cs]e|copying)/i);
  const holders =
    copyrights.length > 0
      ? copyrights
      : [`Copyright (c) ${author?.name ?? author ?? `the authors of ${name}`}`];
  return {
    title: `${name} ${version} (${license})`,
    // What its sources say besides: parts of them may be someone else's.
    besides:
      texts.length > 0
        ? copyrights.filter((line) => !texts.join('\n').includes(line.slice(line.search(/copyright/i))))
        : holders,
    text: [
      ...(texts.length > 0 ? texts : [textOf(license)]),
      ...textsIn(join(root, folder), /^notice/i),
    ].join('\n\n'),
  };
}

/** The text of a licence, for packages that come without: the copyright stands above it. */
function textOf(license) {
  const { licenseText } = require(`spdx-license-list/licenses/${license}.json`);
  return licenseText.replace(/^Copyright .*<.*$\n*/m, '').trim();
}

function textsIn(folder, name) {
  return readdirSync(folder)
    .filter((file) => name.test(file) && !/\.(?:[cm]?[jt]s|json)$/.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
}

/** The lines of comments that say whose something is, each once. */
function copyrightsIn(sources) {
  const comments = sources.flatMap((source) => source.match(/\/\*[\s\S]*?\*\/|\/\/.*/g) ?? []);
  const lines = comments.flatMap((comment) => comment.match(/^.*\bcopyright\b.*\d{4}.*$/gim) ?? []);
  return [
    ...new Set(lines.map((line) => line.replace(/^[\s/*]+|[\s*/]+$/g, '').replace(/^@license\s+/, ''))),
  ].sort();
}

/** Packages with the same text share it. */
function noticesText(root, metafiles) {
  const sharing = new Map();
  for (const [folder, files] of [...bundledPackages(metafiles)].sort()) {
    const { title, besides, text } = noticeOf(root, folder, files);
    const key = text.replace(/\s+/g, ' ');
    const { heads } = sharing.get(key) ?? sharing.set(key, { heads: [], text }).get(key);
    heads.push([title, ...besides.map((line) => `  ${line}`)].join('\n'));
  }
  const rule = '-'.repeat(80);
  const parts = [...sharing.values()].map(({ heads, text }) => `${heads.join('\n')}\n\n${text}\n`);
  return `Smooth Labels has software and data of others in it, under these licences.\n\n${[...parts, DATA].join(`\n${rule}\n\n`)}`;
}

/** Writes the file for what these bundles have in them. */
function writeNotices(root, metafiles, file = 'ThirdPartyNotices.txt') {
  writeFileSync(join(root, file), noticesText(root, metafiles));
}

module.exports = { bundledPackages, noticesText, writeNotices };
