/** The variables of VS Code that charts are drawn with, as a light and as a dark page has them. */
const COLORS = {
  light: {
    foreground: '#3b3b3b',
    descriptionForeground: '#616161',
    'editor-background': '#ffffff',
    'widget-border': '#e5e5e5',
    contrastBorder: 'transparent',
    'editorWarning-foreground': '#895503',
    'smoothLabels-target': '#005fb8',
    'smoothLabels-prediction': '#652d90',
    'smoothLabels-floor': '#717171',
    'smoothLabels-excess': '#b85c00',
    'smoothLabels-hardTarget': '#3b3b3b',
  },
  dark: {
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    'editor-background': '#1f1f1f',
    'widget-border': '#313131',
    contrastBorder: 'transparent',
    'editorWarning-foreground': '#cca700',
    'smoothLabels-target': '#59a4f9',
    'smoothLabels-prediction': '#b180d7',
    'smoothLabels-floor': '#8b8b8b',
    'smoothLabels-excess': '#d18616',
    'smoothLabels-hardTarget': '#cccccc',
  },
} as const;

/** Draws while the page has other colours. Nothing is painted in them: they're taken back before the next frame. */
export function withColorsOf<T>(theme: keyof typeof COLORS, draw: () => T): T {
  const { style } = document.documentElement;
  const before = style.cssText;
  for (const [name, color] of Object.entries(COLORS[theme])) style.setProperty(`--vscode-${name}`, color);
  try {
    return draw();
  } finally {
    style.cssText = before;
  }
}
