import type { Smoothing } from '../loss/smoothing.ts';
import type { ConfigSnapshot, PanelSnapshot, PanelSpec, TabName } from '../protocol/panel.ts';
import { CalibrationTab } from './calibration/calibrationTab.tsx';
import { drawingIn, pngOf, svgOf } from './charts/picture/picture.ts';
import type { Chosen } from './choice.ts';
import { ClassWeightsTab } from './classWeights/classWeightsTab.tsx';
import { ApplyAlpha } from './components/applyAlpha.tsx';
import { Compare } from './components/compare/compare.tsx';
import { ReadLoss } from './components/readLoss.tsx';
import { ConfigPanel } from './config/configPanel.tsx';
import type { LateParts } from './late.ts';
import type { Floors, Measured } from './model.ts';
import { TeacherTab } from './teacher/teacherTab.tsx';

export const lateParts: LateParts = { ApplyAlpha, drawingIn, svgOf, pngOf };

export interface ViewProps {
  readonly name: Exclude<TabName, 'rows'>;
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: Floors;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly row: number;
  readonly chosen: Chosen;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** A tab that isn't seen at first. This file, with all that only it needs, is a bundle of its own. */
export function View({ name, ...props }: ViewProps) {
  const { chosen, choose, spec, measured } = props;
  switch (name) {
    case 'calibration':
      return <CalibrationTab {...props} bins={chosen.bins} />;
    case 'classes':
      return <ClassWeightsTab {...props} />;
    case 'teacher':
      return <TeacherTab {...props} temperature={chosen.teacherTemperature} />;
    case 'compare':
      return <Compare {...props} />;
    case 'read': {
      const keep = (reading: Chosen['reading']) => choose({ reading });
      return <ReadLoss spec={spec} classes={measured.stats.classes} state={chosen.reading} keep={keep} />;
    }
  }
}

/** The whole panel, while a loss from code is in front. */
export function ConfigView(props: { readonly config: ConfigSnapshot; readonly logits: string | null }) {
  return <ConfigPanel {...props} />;
}
