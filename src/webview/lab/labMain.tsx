import * as l10n from '@vscode/l10n';
import { startLab } from './startLab.tsx';
import type { LabVsCode } from './state/labConnection.ts';

declare function acquireVsCodeApi(): LabVsCode;

const bundle = document.getElementById('l10n')?.textContent;
if (bundle) l10n.config({ contents: bundle });
startLab(acquireVsCodeApi(), document.getElementById('root')!);
