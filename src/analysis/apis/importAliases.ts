/** One module under another name, the longest first where one begins another. */
const MODULES: readonly (readonly [name: string, of: string])[] = [
  ['tensorflow.compat.v1.keras.', 'tensorflow.keras.'],
  ['tensorflow.compat.v2.', 'tensorflow.'],
  ['tensorflow.python.keras.', 'tensorflow.keras.'],
  ['tensorflow.contrib.slim.losses.', 'tensorflow.losses.'],
  ['tensorflow.contrib.losses.', 'tensorflow.losses.'],
  ['tensorflow.contrib.keras.', 'tensorflow.keras.'],
  ['tf_slim.losses.', 'tensorflow.losses.'],
  ['keras.api.', 'keras.'],
  ['keras.src.', 'keras.'],
  ['tf_keras.src.', 'tf_keras.'],
  ['mx.', 'mxnet.'],
  ['fastai2.', 'fastai.'],
  ['nemo.collections.asr.losses.', 'nemo.collections.common.losses.'],
  ['mmcls.', 'mmpretrain.'],
];

/** TensorFlow 2 has Keras' losses in tf.losses and tf.metrics, too; TensorFlow 1 its own, with other names. */
const KERAS_IN_TENSORFLOW = /^tensorflow\.(losses|metrics)\.(?=[A-Z]|(?:categorical|binary|sparse)_)/;

/** Aliases of aliases that are followed. */
const MOST_ALIASES = 8;

/** The full name under which the registry knows a thing, if it knows it. */
export function canonicalPath(path: string): string {
  let name = path;
  for (let i = 0; i < MOST_ALIASES; i++) {
    const alias = MODULES.find(([module]) => name.startsWith(module));
    if (!alias) break;
    name = alias[1] + name.slice(alias[0].length);
  }
  return name.replace(KERAS_IN_TENSORFLOW, 'tensorflow.keras.$1.');
}

/** What everybody imports these as. Used for names a document doesn't bind: a snippet, a cell of its own. */
const CUSTOMARY: Readonly<Record<string, string>> = {
  torch: 'torch',
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  tf: 'tensorflow',
  tensorflow: 'tensorflow',
  keras: 'keras',
  optax: 'optax',
  timm: 'timm',
  paddle: 'paddle',
  smp: 'segmentation_models_pytorch',
  mx: 'mxnet',
  transformers: 'transformers',
};

export function customaryPath(name: string): string | undefined {
  return Object.hasOwn(CUSTOMARY, name) ? CUSTOMARY[name] : undefined;
}
