/** Tells the editor which array is to be opened. */
export const OVERVIEW_SCRIPT = `
const host = acquireVsCodeApi();
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-open]');
  if (button) host.postMessage({ open: button.dataset.array ?? null });
});
`;

/** Colours are those of VS Code's theme, high contrast included. */
export const OVERVIEW_STYLE = `
body { font: var(--vscode-font-size) var(--vscode-font-family); color: var(--vscode-foreground); }
main { max-width: 70rem; padding: 0.5rem 0 2rem; }
h1 { font-size: 1.4em; font-weight: 600; margin: 0.5rem 0; overflow-wrap: anywhere; }
.hint { color: var(--vscode-descriptionForeground); }
.problem { border-left: 3px solid var(--vscode-editorWarning-foreground); padding: 0.25rem 0.75rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; min-width: 100%; }
th, td { text-align: left; font-weight: normal; padding: 0.35rem 1rem 0.35rem 0; vertical-align: baseline; }
thead th { font-weight: 600; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, currentColor)); }
tbody tr + tr > * { border-top: 1px solid var(--vscode-editorIndentGuide-background1, var(--vscode-widget-border, transparent)); }
tbody th { overflow-wrap: anywhere; min-width: 6rem; }
td { white-space: nowrap; }
.values { font-family: var(--vscode-editor-font-family); color: var(--vscode-descriptionForeground); }
.role { border: 1px solid currentColor; border-radius: 0.6em; padding: 0 0.5em; }
button { font: inherit; border: 0; cursor: pointer; }
button.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); padding: 0.4em 1em; border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; }
button.primary:hover { background: var(--vscode-button-hoverBackground); }
button.link { background: none; padding: 0; text-align: left; color: var(--vscode-textLink-foreground); overflow-wrap: anywhere; }
button.link:hover { text-decoration: underline; }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
details { margin-top: 1rem; }
summary { cursor: pointer; }
`;
