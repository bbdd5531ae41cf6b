import type { ChatMessage } from "./log";
import { fill, type Language, type Words } from "./strings";

/** Longer than any screen reader needs to fetch a text; then it goes, so that nobody reads the log twice. */
const STAYS_MS = 30_000;

/** Speaks into a polite live region. The visible log is not live: restored history stays silent. */
export class Announcer {
  constructor(private readonly region: () => HTMLElement) {}

  message(message: ChatMessage, words: Words, language: Language): void {
    const line = this.line();
    const speaker = message.from === "staff" ? words.speaker_staff : words.speaker_bot;
    line.append(span(speaker, language), " ", span(message.text, message.language));
    if (message.buttons.length === 0) return;
    const titles = message.buttons.map(({ title }) => title);
    const choices = new Intl.ListFormat(language, { type: "disjunction" }).format(titles);
    line.append(" ", span(fill(words.choices_said, { choices }), language));
  }

  notice(text: string, language: Language): void {
    this.line().append(span(text, language));
  }

  private line(): HTMLElement {
    const line = document.createElement("p");
    this.region().append(line);
    setTimeout(() => line.remove(), STAYS_MS);
    return line;
  }
}

function span(text: string, language: string): HTMLElement {
  const element = document.createElement("span");
  element.lang = language;
  element.dir = "auto";
  element.textContent = text;
  return element;
}
