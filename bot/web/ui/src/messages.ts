import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Delivery } from "./conversation";
import { NEW_TAB } from "./icons";
import type { ChatMessage } from "./log";
import type { Button, Link, Speaker } from "./protocol";
import { type Language, type Words } from "./strings";

/** What the log shows. */
export interface LogView {
  words: Words;
  language: Language;
  messages: ChatMessage[];
  typing: Speaker | null;
  deliveryOf(message: ChatMessage): Delivery;
  press(button: Button, event: MouseEvent): void;
}

/** The log has no live region of its own: the announcer says what is new. */
export function logOf(view: LogView) {
  const last = view.messages.at(-1);
  return html`
    <div class="log" role="log" aria-live="off" aria-label=${view.words.log} tabindex="0" data-testid="log">
      ${repeat(view.messages, ({ id }) => id, (message) => messageOf(message, message === last, view))}
      ${view.typing ? typingOf(view.typing, view.words) : nothing}
    </div>
  `;
}

function messageOf(message: ChatMessage, isLast: boolean, view: LogView) {
  const { from, seq, text, language, dir, links, buttons } = message;
  return html`
    <div class="message ${from}" lang=${language || nothing} dir=${dir}
      data-testid="message" data-from=${from} data-seq=${seq ?? nothing}>
      ${speakerOf(from, view)}
      <p class="text" dir=${dir}>${text}</p>
      ${links.length ? html`<ul class="links">${links.map((link) => html`<li>${linkOf(link, view)}</li>`)}</ul>` : nothing}
      ${deliveryOf(view.deliveryOf(message), view)}
    </div>
    ${isLast && buttons.length ? buttonsOf(message, view) : nothing}
  `;
}

/** Staff are named for everybody: it matters that a person has come. */
function speakerOf(from: Speaker, { words, language }: LogView) {
  return html`<span class=${from === "staff" ? "speaker" : "hidden"} lang=${language}>${words[`speaker_${from}`]}</span>`;
}

/** A phone number must keep the order of its groups inside Arabic: <bdi>. */
function linkOf({ title, url }: Link, { words, language }: LogView) {
  if (!/^https?:/i.test(url)) return html`<a href=${url} data-testid="link"><bdi>${title}</bdi></a>`;
  return html`<a href=${url} target="_blank" rel="noopener" data-testid="link"
    ><bdi>${title}</bdi>${NEW_TAB}<span class="hidden" lang=${language}> (${words.new_tab})</span></a>`;
}

function deliveryOf(delivery: Delivery, { words, language }: LogView) {
  if (delivery === "stored") return nothing;
  return html`<p class="delivery ${delivery}" lang=${language} dir="auto" data-testid="delivery">${words[delivery]}</p>`;
}

/** The buttons of the last message only: an answer to an older question would be misunderstood. */
function buttonsOf({ buttons, language, dir }: ChatMessage, { words, language: own, press }: LogView) {
  return html`
    <div class="buttons" role="group" aria-label=${words.choices} lang=${own}>
      ${buttons.map(
        (button) => html`<button type="button" class="choice" lang=${language || nothing} dir=${dir} data-testid="button"
          @click=${(event: MouseEvent) => press(button, event)}>${button.title}</button>`,
      )}
    </div>
  `;
}

/** Dots for the eye; the words are shown instead of them when motion is unwelcome, and read when the log is read. */
function typingOf(speaker: Speaker, words: Words) {
  return html`
    <div class="typing" data-testid="typing">
      <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <span class="typing-words">${speaker === "staff" ? words.typing_staff : words.typing_bot}</span>
    </div>
  `;
}
