import type { ModuleRequest } from '../../lossConfig.ts';
import type { PyModule } from '../syntax/pythonScopes.ts';
import type { PathValue } from '../values/pythonValues.ts';

/** Packages that surely aren't files of a workspace, besides those of the catalogue. */
const LIBRARIES = new Set([
  ...'abc argparse ast asyncio bisect collections contextlib copy csv dataclasses datetime enum functools glob gc hashlib'.split(
    ' ',
  ),
  ...'importlib inspect io itertools json logging math multiprocessing operator os pathlib pickle pprint queue random re'.split(
    ' ',
  ),
  ...'shutil signal string subprocess sys tempfile textwrap threading time traceback typing typing_extensions unittest uuid'.split(
    ' ',
  ),
  ...'warnings yaml numpy np scipy sklearn pandas matplotlib seaborn PIL cv2 skimage tqdm wandb torchvision torchaudio'.split(
    ' ',
  ),
  ...'torchtext torchmetrics torch_geometric lightning pytorch_lightning accelerate datasets tokenizers sentencepiece jax'.split(
    ' ',
  ),
  ...'jaxlib flax haiku chex distrax tensorflow_addons tensorflow_datasets tensorflow_hub absl ml_collections hydra omegaconf'.split(
    ' ',
  ),
  ...'einops numba h5py requests click typer pydantic attr attrs simple_parsing pytest ray optuna mlflow tensorboardX'.split(
    ' ',
  ),
  ...'tensorboard albumentations kornia evaluate peft bitsandbytes deepspeed sentence_transformers xgboost lightgbm'.split(
    ' ',
  ),
  ...'__future__ atexit base64 binascii bz2 cmath cProfile codecs concurrent ctypes curses decimal difflib dis errno fnmatch'.split(
    ' ',
  ),
  ...'fractions getopt getpass gzip heapq html http linecache lzma pstats selectors shlex socket socketserver sqlite3 ssl'.split(
    ' ',
  ),
  ...'stat struct tarfile timeit tkinter turtle unicodedata urllib weakref xml zipfile zlib'.split(' '),
  ...'IPython ipywidgets pylab plotly bokeh sympy statsmodels networkx nltk spacy gensim dask pyspark imageio'.split(
    ' ',
  ),
]);

const MOST = 12;

export function moduleKeyOf({ level, path, from }: Omit<ModuleRequest, 'key'>): string {
  return `${level > 0 && from !== undefined ? `${from} ` : ''}${'.'.repeat(level)}${path.join('.')}`;
}

/** Folders of projects, even where the catalogue knows what one project has in them. */
const FOLDERS = new Set(['utils', 'image_classification']);

/** The modules of the workspace that were read, and those that would tell more. */
export class ModuleStore {
  readonly #modules: ReadonlyMap<string, PyModule | null>;
  /** Of the catalogue. */
  readonly #packages: ReadonlySet<string>;
  /** By the module whose import it is. */
  readonly #wanted = new Map<PyModule, Map<string, ModuleRequest>>();

  constructor(modules: ReadonlyMap<string, PyModule | null>, packages: ReadonlySet<string>) {
    this.#modules = modules;
    this.#packages = packages;
  }

  isPackage({ level, parts }: PathValue): boolean {
    return this.isLibrary(level, parts[0] ?? '');
  }

  /** By what an import statement begins with. */
  isLibrary(level: number, first: string): boolean {
    if (level > 0 || FOLDERS.has(first)) return false;
    return this.#packages.has(first) || LIBRARIES.has(first);
  }

  /** Null if there's no such file; undefined until it is read. `asker` imports it. */
  get(request: ModuleRequest, asker: PyModule): PyModule | null | undefined {
    const module = this.#modules.get(request.key);
    if (module !== undefined) return module;
    const wanted = this.#wanted.get(asker) ?? new Map<string, ModuleRequest>();
    if (wanted.size < MOST) this.#wanted.set(asker, wanted.set(request.key, request));
    return undefined;
  }

  get wanted(): readonly ModuleRequest[] {
    const all = [...this.#wanted.values()].flatMap((requests) => [...requests]);
    return [...new Map(all).values()].slice(0, MOST);
  }

  /** It isn't there any more, or is another one: it wants nothing. */
  forget(asker: PyModule): void {
    this.#wanted.delete(asker);
  }
}
