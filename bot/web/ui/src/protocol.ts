// The frames of docs/chat-protocol.md, and the one place that reads what the server sent.

export const PROTOCOL = 1;

export type Direction = "ltr" | "rtl";
export type Speaker = "customer" | "bot" | "staff";

export interface Button {
  title: string;
  payload: unknown;
}

export interface Link {
  title: string;
  url: string;
}

export interface Welcome {
  type: "welcome";
  token: string;
  language: string;
  resumed: boolean;
  max_text: number;
}

export interface MessageFrame {
  type: "message";
  seq: number;
  id: string;
  from: Speaker;
  text: string;
  language: string;
  dir: Direction;
  buttons: Button[];
  links: Link[];
}

export interface Ack {
  type: "ack";
  id: string;
  seq: number;
}

export interface Typing {
  type: "typing";
  from: Speaker;
  on: boolean;
}

export interface LanguageFrame {
  type: "language";
  language: string;
  by: "customer" | "detected";
}

export interface Pong {
  type: "pong";
}

export interface ErrorFrame {
  type: "error";
  code: string;
  reason: string;
  id: string | null;
  fatal: boolean;
}

export type ServerFrame = Welcome | MessageFrame | Ack | Typing | LanguageFrame | Pong | ErrorFrame;

export type ClientFrame =
  | { type: "hello"; protocol: number; token: string | null; page_language: string | null; language: string | null; after: number }
  | { type: "message"; id: string; text: string; payload?: unknown }
  | { type: "language"; language: string }
  | { type: "typing" }
  | { type: "ping" };

type Fields = Record<string, unknown>;

const isText = (value: unknown): value is string => typeof value === "string";
const isSeq = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
const isSpeaker = (value: unknown): value is Speaker => value === "customer" || value === "bot" || value === "staff";
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

/** The frame in this text, or null when it is none that we know: a newer server may send more than we understand. */
export function readFrame(data: unknown): ServerFrame | null {
  let frame: unknown;
  try {
    frame = JSON.parse(String(data));
  } catch {
    return null;
  }
  return isFields(frame) ? readFields(frame) : null;
}

function readFields(frame: Fields): ServerFrame | null {
  switch (frame.type) {
    case "welcome":
      return isText(frame.token) && isText(frame.language)
        ? {
            type: "welcome",
            token: frame.token,
            language: frame.language,
            resumed: frame.resumed === true,
            max_text: isSeq(frame.max_text) ? frame.max_text : 2000,
          }
        : null;
    case "message":
      return readMessage(frame);
    case "ack":
      return isText(frame.id) && isSeq(frame.seq) ? { type: "ack", id: frame.id, seq: frame.seq } : null;
    case "typing":
      return isSpeaker(frame.from) ? { type: "typing", from: frame.from, on: frame.on === true } : null;
    case "language":
      return isText(frame.language)
        ? { type: "language", language: frame.language, by: frame.by === "customer" ? "customer" : "detected" }
        : null;
    case "pong":
      return { type: "pong" };
    case "error":
      return {
        type: "error",
        code: String(frame.code),
        reason: String(frame.reason),
        id: isText(frame.id) ? frame.id : null,
        fatal: frame.fatal === true,
      };
    default:
      return null;
  }
}

function readMessage(frame: Fields): MessageFrame | null {
  if (!isSeq(frame.seq) || !isText(frame.id) || !isSpeaker(frame.from) || !isText(frame.text)) return null;
  return {
    type: "message",
    seq: frame.seq,
    id: frame.id,
    from: frame.from,
    text: frame.text,
    language: isText(frame.language) ? frame.language : "",
    dir: frame.dir === "rtl" ? "rtl" : "ltr",
    buttons: list(frame.buttons).flatMap(({ title, payload }) => (isText(title) ? [{ title, payload }] : [])),
    links: list(frame.links).flatMap(({ title, url }) => (isText(title) && isSafe(url) ? [{ title, url }] : [])),
  };
}

/** Only what a customer may follow from a chat: never javascript:, data: or a file. */
function isSafe(url: unknown): url is string {
  if (!isText(url)) return false;
  try {
    return ["http:", "https:", "tel:", "mailto:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
