import type { ComponentChildren } from 'preact';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import type { StoryView } from '../state/storyView.ts';

/** Curves of one figure: a line for each seed, and their mean. */
export interface CurveSet {
  readonly figure: LabFigure;
  /** Number among the plan's α. */
  readonly alpha: number;
  readonly mark: 'hard' | 'smoothed';
  readonly isDashed?: boolean;
  readonly name: string;
}

/** A level that's known before anything is trained. */
export interface KnownLevel {
  readonly value: number;
  readonly name: string;
  readonly kind: 'guess' | 'optimum' | 'zero';
}

/** What is drawn over time. */
export interface TimeChartProps {
  readonly view: StoryView;
  readonly title: string;
  readonly curves: readonly CurveSet[];
  readonly levels: readonly KnownLevel[];
  /** No curve is drawn above it. */
  readonly highest: number;
  /** `auto`: what is measured. */
  readonly lowest?: number | 'auto';
  /** A grey area from 0 to here. */
  readonly floor?: number;
  readonly isShare?: boolean;
  readonly children?: ComponentChildren;
}
