const COLOR = /#[0-9a-f]{6}/g;

/**
 * One picture of the same chart in light and in dark colours: it has those of the page it's on. Colours are variables, as a picture on a
 * page knows nothing of the page but whether it's dark.
 */
export function themedSvg(light: string, dark: string): string {
  if (light.replaceAll(COLOR, '') !== dark.replaceAll(COLOR, ''))
    throw new Error('The pictures differ in more than their colours.');
  const others = dark.match(COLOR) ?? [];
  const pairs: string[] = [];
  let at = 0;
  const drawn = light.replaceAll(COLOR, (color) => {
    const pair = `${color} ${others[at++]}`;
    if (!pairs.includes(pair)) pairs.push(pair);
    return `var(--c${pairs.indexOf(pair)})`;
  });
  const colors = (which: 0 | 1) => pairs.map((pair, i) => `--c${i}:${pair.split(' ')[which]}`).join(';');
  const style = `<style>svg{${colors(0)}}@media (prefers-color-scheme:dark){svg{${colors(1)}}}</style>`;
  return drawn.replace('<title>', `${style}<title>`);
}
