import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readText } from '../../../../src/readers/readText.ts';
import { bytesOf } from './read.ts';

/** Names with numbers that aren't scores of classes, though some of them sum to 1. */
const OTHERS = {
  metrics: 'loss: 0.3\nacc: 0.9\nepoch: 3\n',
  'metrics that sum to 1': 'precision: 0.3000\nrecall: 0.7000\n',
  'metrics in percent': 'precision: 30.00%\nrecall: 70.00%\n',
  'parts of a data set': 'train: 0.8\nval: 0.1\ntest: 0.1\n',
  'parts of a data set, in percent': 'train: 80.0%\ntest: 20.0%\n',
  'settings of a training': 'lr: 0.1\nmomentum: 0.9\n',
  'a mixture in YAML': 'mixture:\n  wiki: 0.5\n  books: 0.3\n  code: 0.2\n',
  'numbers that nothing says anything of': 'ant: 0.62\nbee: 0.28\ncow: 0.10\n',
  'percent that don’t sum to 100': 'ant: 62.00%\nbee: 28.00%\ncow: 5.00%\n',
  'whole percent': 'north: 60%\nsouth: 40%\n',
  sizes: 'width: 62.5%\nheight: 37.5%\n',
  CSS: '.box {\n  left: 62.5%;\n  top: 37.5%;\n}\n',
  'a style': 'style: { opacity: 0.5, scale: 0.5 }\n',
  'accuracies of classes': 'class 0: 0.91\nclass 1: 0.85\nclass 2: 0.77\n',
  'accuracies of classes that sum to 100': 'Accuracy per class:\nclass 0: 62.50%\nclass 1: 37.50%\n',
  'counts of classes': 'class 0: 120\nclass 1: 300\n',
  'weights of classes': 'class_weights:\n  ant: 0.5\n  bee: 0.3\n  cow: 0.2\n',
  'labels of samples': 'labels[0] = 2\nlabels[1] = 0\n',
  'a probability of each sample': 'probs[0] = 0.91\nprobs[1] = 0.85\n',
  'the time of a processor': 'user: 62.00%\nsystem: 28.00%\nidle: 10.00%\n',
  'space on a disk': 'used: 62.50%\nfree: 37.50%\n',
  'results of tests': 'passed: 97.50%\nfailed: 2.50%\n',
  coverage: 'Coverage:\n  api: 62.50%\n  web: 37.50%\n',
  'a configuration': 'server:\n  port: 8080\nresources:\n  cpu: 0.5\n  memory: 0.5\n',
  'a log': '12:00:00 loss: 0.3\n12:00:01 loss: 0.7\n',
  'settings in a map of Java': '{dropout=0.5, momentum=0.5}\n',
  'settings in a map of Go': 'map[alpha:0.5 beta:0.5]\n',
  'weights in TOML': 'mix = { wiki = 0.5, books = 0.5 }\n',
  'a map that isn’t all there': '{ant=0.62, bee=0.28, cow=\n',
  'counts in a map': '{ant=62, bee=38}\n',
};

describe('names with numbers that are no scores', () => {
  it.each(Object.entries(OTHERS))('%s', (_, text) => {
    for (const options of [{}, { offset: 1 }]) {
      const read = finish(readText(bytesOf(text), options));
      expect(read).toMatchObject({ ok: false });
      // "Read it as binary" would mislead: there are several classes, or none.
      expect(read.ok || read.problem.reason).not.toBe('one-class');
    }
  });
});
