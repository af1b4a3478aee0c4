import type { ClaimId } from './claims.ts';

/** Where a claim is from, or against it: what was measured there was measured on other data than here. */
export interface Paper {
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  readonly link: string;
  /** Names of its data sets. */
  readonly data: readonly string[];
}

const INCEPTION: Paper = {
  authors: 'Szegedy, Vanhoucke, Ioffe, Shlens, Wojna',
  year: 2016,
  title: 'Rethinking the Inception Architecture for Computer Vision',
  link: 'https://arxiv.org/abs/1512.00567',
  data: ['ImageNet'],
};

const WHEN: Paper = {
  authors: 'Müller, Kornblith, Hinton',
  year: 2019,
  title: 'When Does Label Smoothing Help?',
  link: 'https://arxiv.org/abs/1906.02629',
  data: ['MNIST', 'CIFAR-10', 'CIFAR-100', 'ImageNet', 'WMT’14'],
};

const NOISE: Paper = {
  authors: 'Lukasik, Bhojanapalli, Menon, Kumar',
  year: 2020,
  title: 'Does Label Smoothing Mitigate Label Noise?',
  link: 'https://arxiv.org/abs/2003.02819',
  data: ['CIFAR-10', 'CIFAR-100'],
};

const NOT: Paper = {
  authors: 'Wei, Liu, Liu, Niu, Sugiyama, Liu',
  year: 2022,
  title: 'To Smooth or Not? When Label Smoothing Meets Noisy Labels',
  link: 'https://arxiv.org/abs/2106.04149',
  data: ['CIFAR-10', 'CIFAR-100', 'CIFAR-10N', 'Clothing1M'],
};

const TEACHER: Paper = {
  authors: 'Chandrasegaran, Tran, Zhao, Cheung',
  year: 2022,
  title: 'Revisiting Label Smoothing and Knowledge Distillation Compatibility: What Was Missing?',
  link: 'https://arxiv.org/abs/2206.14532',
  data: ['ImageNet', 'CUB-200-2011'],
};

const SELECTIVE: Paper = {
  authors: 'Xia, Laurent, Franchi, Bouganis',
  year: 2025,
  title: 'Towards Understanding Why Label Smoothing Degrades Selective Classification and How to Fix It',
  link: 'https://arxiv.org/abs/2403.14715',
  data: ['ImageNet', 'Cityscapes'],
};

const CALIBRATION: Paper = {
  authors: 'Guo, Pleiss, Sun, Weinberger',
  year: 2017,
  title: 'On Calibration of Modern Neural Networks',
  link: 'https://arxiv.org/abs/1706.04599',
  data: ['CIFAR-10', 'CIFAR-100', 'ImageNet', 'SVHN'],
};

/** Who measured what a claim is about, the claim's own source first. None of their numbers are here. */
export const PAPERS: Readonly<Record<ClaimId, readonly Paper[]>> = {
  'confidence-nearer': [WHEN, SELECTIVE],
  'mistakes-cheaper': [INCEPTION, WHEN],
  'nearer-truth': [CALIBRATION],
  'accuracy-up': [INCEPTION, WHEN],
  'accuracy-down': [INCEPTION, WHEN],
  'gap-bounded': [INCEPTION],
  'clusters-tighter': [WHEN],
  'spread-train': [WHEN],
  'spread-test': [WHEN],
  'ece-falls': [WHEN, CALIBRATION],
  'ece-rises': [WHEN, CALIBRATION],
  'ece-scaled-falls': [WHEN, CALIBRATION],
  'nll-scaled-falls': [CALIBRATION],
  'less-learnt-by-heart': [NOISE, NOT],
  'student-worse': [WHEN, TEACHER],
  'teacher-better': [WHEN, TEACHER],
};
