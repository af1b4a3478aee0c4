/** Lets the style sheet know while a slider is dragged: marks then follow the hand at once, as they do for α of any size of data. */
export function followDrags(): void {
  const { body } = document;
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'range') body.classList.add('dragging');
  });
  for (const end of ['pointerup', 'pointercancel'] as const)
    document.addEventListener(end, () => body.classList.remove('dragging'));
}
