// Names that VS Code knows us by. package.json has the same; a test compares them.

export const COMMANDS = {
  open: 'smoothLabels.open',
  openFile: 'smoothLabels.openFile',
  openCell: 'smoothLabels.openCell',
  openConfig: 'smoothLabels.openConfig',
  setClasses: 'smoothLabels.setClasses',
  copyEquivalent: 'smoothLabels.copyEquivalent',
  openDocs: 'smoothLabels.openDocs',
} as const;

export const SETTINGS = {
  codeLens: 'smoothLabels.codeLens',
  hover: 'smoothLabels.hover',
  exclude: 'smoothLabels.exclude',
  defaultAlpha: 'smoothLabels.defaultAlpha',
  pictureTheme: 'smoothLabels.pictureTheme',
} as const;

/** The type of the panel's webview; a panel comes back after a reload by it. */
export const PANEL_VIEW_TYPE = 'smoothLabels.panel';

/** The item of the language status bar that says what isn't analysed. */
export const LIMIT_STATUS = 'smoothLabels.limit';

/** Under which names something is kept for the workspace. */
export const MEMENTOS = {
  classCounts: 'smoothLabels.classCounts',
  notebookTargets: 'smoothLabels.notebookTargets',
} as const;
