/** So near to the end, the customer is reading what is new. */
const NEAR_PX = 80;
const LINES = 4;

/** Keeps the end of the log in sight, unless the customer has scrolled up to read. */
export class Scroll {
  private near = true;
  private shown: Element | null = null;

  constructor(private readonly dialog: HTMLElement) {}

  before(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.box;
    this.near = clientHeight === 0 || scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  after(own: boolean): void {
    const last = this.last;
    const isNew = last !== this.shown;
    this.shown = last;
    if (!this.near && !(own && isNew)) return;
    const { box } = this;
    box.scrollTop = box.scrollHeight;
    // A text longer than the window is read from its beginning.
    if (isNew && last && last.offsetHeight > box.clientHeight) {
      box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top;
    }
  }

  private get last(): HTMLElement | null {
    const messages = this.dialog.querySelectorAll<HTMLElement>(".message");
    return messages[messages.length - 1] ?? null;
  }

  /** The log scrolls; on a very low screen (400 % zoom) everything does. */
  private get box(): HTMLElement {
    const log = this.dialog.querySelector<HTMLElement>(".log")!;
    return getComputedStyle(log).overflowY === "auto" ? log : this.dialog.querySelector<HTMLElement>(".frame")!;
  }
}

/** As many lines as the text has, up to four. */
export function grow(area: HTMLTextAreaElement): void {
  if (area.offsetParent === null && area.clientHeight === 0) return;
  const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(area);
  const most = LINES * parseFloat(lineHeight) + parseFloat(paddingBlockStart) + parseFloat(paddingBlockEnd);
  area.style.blockSize = "auto";
  const borders = area.offsetHeight - area.clientHeight;
  area.style.blockSize = `${Math.min(area.scrollHeight, most) + borders}px`;
}
