import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import type { ConnectionState } from "./connection";
import type { Problem } from "./conversation";
import { CROSS, NEW_TAB, PLANE } from "./icons";
import { directionOf, fill, LANGUAGES, type Language, WORDS, type Words } from "./strings";

/** Characters left from where the counter shows. */
const COUNTER_FROM = 200;

/** What the panel around the log shows, and what can be done there. */
export interface PanelView {
  words: Words;
  language: Language;
  state: ConnectionState;
  problem: Problem | null;
  privacyUrl: string;
  draft: string;
  maxText: number;
  asking: boolean;
  close(): void;
  choose(language: Language): void;
  ask(): void;
  startAnew(): void;
  goOn(): void;
  write(event: InputEvent): void;
  key(event: KeyboardEvent): void;
  submit(event: Event): void;
}

export function headerOf(view: PanelView) {
  const { words, state } = view;
  return html`
    <div class="head">
      <div class="bar">
        <h2 id="name">${words.name}</h2>
        ${pickerOf(view)}
        <button type="button" class="close" aria-label=${words.close} data-testid="close" @click=${view.close}>${CROSS}</button>
      </div>
      <div class="bar">
        <p class="state ${state}" data-testid="connection">${words[state === "idle" ? "connecting" : state]}</p>
        <button type="button" class="plain" data-testid="new-conversation" aria-expanded=${view.asking} @click=${view.ask}>
          ${words.new_conversation}
        </button>
      </div>
    </div>
    ${view.asking ? questionOf(view) : nothing}
  `;
}

function pickerOf({ words, language, choose }: PanelView) {
  const picked = (event: Event) => choose((event.target as HTMLSelectElement).value as Language);
  return html`
    <select aria-label=${words.language} .value=${live(language)} data-testid="language" @change=${picked}>
      ${LANGUAGES.map(
        (code) => html`<option value=${code} lang=${code} dir=${directionOf(code)} ?selected=${code === language}>
          ${WORDS[code].language_name}
        </option>`,
      )}
    </select>
  `;
}

function questionOf({ words, startAnew, goOn }: PanelView) {
  return html`
    <div class="question" role="group" aria-labelledby="question" data-testid="new-conversation-question">
      <p id="question">${words.new_conversation_question}</p>
      <button type="button" class="choice" data-testid="new-conversation-yes" @click=${startAnew}>${words.new_conversation_yes}</button>
      <button type="button" class="choice" data-testid="new-conversation-no" @click=${goOn}>${words.new_conversation_no}</button>
    </div>
  `;
}

export function footerOf(view: PanelView) {
  const { words, problem, privacyUrl } = view;
  return html`
    <div class="foot">
      ${problem ? html`<p class="problem" data-testid="problem">${words[problem]}</p>` : nothing}
      ${composerOf(view)}
      <p class="notice" data-testid="notice">
        ${words.notice}
        <a href=${privacyUrl} target="_blank" rel="noopener" data-testid="privacy"
          >${words.privacy}${NEW_TAB}<span class="hidden"> (${words.new_tab})</span></a>
      </p>
    </div>
  `;
}

function composerOf(view: PanelView) {
  const { words, language, draft } = view;
  const counter = counterOf(view);
  return html`
    <form @submit=${view.submit}>
      <textarea rows="1" aria-label=${words.composer} placeholder=${words.composer} aria-describedby="counter"
        aria-invalid=${charactersLeft(draft, view.maxText) < 0} dir=${draft ? "auto" : directionOf(language)}
        enterkeyhint="send" autocomplete="off" data-testid="composer" .value=${live(draft)}
        @input=${view.write} @keydown=${view.key}></textarea>
      <button type="submit" class="send" data-testid="send">${PLANE}<span>${words.send}</span></button>
      <p id="counter" class="counter" data-testid="counter">${counter ?? nothing}</p>
    </form>
  `;
}

/** The server counts code points, not UTF-16 units. */
export const charactersLeft = (draft: string, maxText: number): number => maxText - [...draft.trim()].length;

/** What is left, once it is little; null before that. */
export function counterOf({ words, draft, maxText }: Pick<PanelView, "words" | "draft" | "maxText">): string | null {
  const left = charactersLeft(draft, maxText);
  if (left < 0) return fill(words.characters_over, { count: -left });
  return left <= COUNTER_FROM ? fill(words.characters_left, { count: left }) : null;
}
