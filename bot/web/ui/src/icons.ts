import { svg } from "lit";

const icon = (shape: unknown) => svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

export const SPEECH = icon(svg`<path d="M4 4h16v12H10l-5 4v-4H4z" />`);
export const CROSS = icon(svg`<path d="M6 6l12 12M18 6L6 18" />`);
export const PLANE = icon(svg`<path class="mirror" d="M4 4l17 8-17 8 3-8zM7 12h14" />`);
export const NEW_TAB = icon(svg`<path class="mirror" d="M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9" />`);
