/** A phone, or a page at 400 %: the panel fills the screen. The same width stands in styles.ts. */
export const NARROW = matchMedia("(max-width: 480px)");

/**
 * Opens or closes the panel. Where it fills the screen it is modal, as nothing behind it can be seen. Beside a page it
 * is not, and opens by its attribute: show() would take the focus, even when a reload only restores the panel.
 */
export function place(dialog: HTMLDialogElement, open: boolean): void {
  if (!open) dialog.close();
  else if (!NARROW.matches) dialog.setAttribute("open", "");
  else if (!dialog.open) dialog.showModal();
  fitKeyboard(dialog);
}

/** The keyboard of a phone lies over a fixed element: end above it. */
export function fitKeyboard(dialog: HTMLDialogElement): void {
  const view = visualViewport;
  // While zoomed in by fingers the visible part is smaller for another reason.
  const fits = dialog.open && NARROW.matches && view && view.scale === 1;
  dialog.style.blockSize = fits ? `${view.height}px` : "";
  dialog.style.insetBlockStart = fits ? `${view.offsetTop}px` : "";
}
