import type { LibraryName } from '../../protocol/engineChannel.ts';
import type { FormatReader, Libraries } from './libraries.ts';

/** Runs the bundles that it's given: a worker in a browser has no files. */
export function bundledLibraries(): Libraries {
  const loaded = new Map<LibraryName, FormatReader>();
  return {
    get(name) {
      const library = loaded.get(name);
      if (!library) throw new Error(`dist/${name}.js wasn't sent`);
      return library;
    },
    add(name, script) {
      const module: { exports?: FormatReader } = {};
      new Function('module', script)(module);
      if (!module.exports) throw new Error(`dist/${name}.js exports nothing`);
      loaded.set(name, module.exports);
    },
  };
}
