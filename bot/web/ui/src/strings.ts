import { widget as ar } from "../../../strings/ar.yml";
import { widget as en } from "../../../strings/en.yml";
import { widget as fi } from "../../../strings/fi.yml";
import { widget as ru } from "../../../strings/ru.yml";
import { widget as so } from "../../../strings/so.yml";
import { widget as sv } from "../../../strings/sv.yml";
import type { Direction } from "./protocol";

/** The widget's sentences in one language: the `widget` section of bot/strings/<language>.yml. */
export type Words = Record<Key, string>;

export type Key =
  | "language_name" | "name" | "launcher" | "unread" | "close" | "language" | "log" | "notice" | "privacy" | "new_tab"
  | "speaker_bot" | "speaker_customer" | "speaker_staff" | "typing_bot" | "typing_staff"
  | "choices" | "choices_said" | "composer" | "send" | "characters_left" | "characters_over"
  | "connecting" | "connected" | "lost" | "connected_again" | "ended"
  | "sending" | "waiting" | "failed" | "too_long" | "too_fast"
  | "new_conversation" | "new_conversation_question" | "new_conversation_yes" | "new_conversation_no";

// In the order of the picker.
export const WORDS = { fi, sv, en, ar, so, ru } satisfies Record<string, Words>;

export type Language = keyof typeof WORDS;

export const LANGUAGES = Object.keys(WORDS) as Language[];

/** The language that a tag such as "sv-FI" names, or null when it is none of the six. */
export function knownLanguage(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split("-")[0];
  return LANGUAGES.find((language) => language === primary) ?? null;
}

/** What to speak before the customer or the page has said anything: the browser's wish. */
export function browserLanguage(): Language {
  for (const tag of navigator.languages) {
    const language = knownLanguage(tag);
    if (language) return language;
  }
  return "en";
}

export function directionOf(language: Language): Direction {
  return language === "ar" ? "rtl" : "ltr";
}

/** Puts values into a sentence, each in a Unicode isolate so that it cannot reorder the words around it. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => `\u2068${values[name] ?? ""}\u2069`);
}
