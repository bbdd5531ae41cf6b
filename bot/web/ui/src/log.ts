import type { Button, Direction, Link, MessageFrame, Speaker } from "./protocol";

export interface ChatMessage {
  id: string;
  /** null until the server has stored it. */
  seq: number | null;
  from: Speaker;
  text: string;
  language: string;
  dir: Direction | "auto";
  buttons: Button[];
  links: Link[];
}

/** The messages in the order of the conversation, each of them once, those without a seq last. */
export class Log {
  messages: ChatMessage[] = [];

  /** Highest seq below which nothing is missing: asking for what comes after it can lose nothing. */
  get complete(): number {
    const seen = new Set(this.messages.map(({ seq }) => seq));
    let seq = 0;
    while (seen.has(seq + 1)) seq += 1;
    return seq;
  }

  get last(): ChatMessage | undefined {
    return this.messages.at(-1);
  }

  receive(frame: MessageFrame): void {
    if (this.messages.some(({ seq }) => seq === frame.seq)) return;
    const { type: _, ...message } = frame;
    this.put([...this.messages.filter(({ id }) => id !== frame.id), message]);
  }

  /** The customer's own words, before the server knows of them. */
  write(id: string, text: string, language: string): void {
    this.put([...this.messages, { id, seq: null, from: "customer", text, language, dir: "auto", buttons: [], links: [] }]);
  }

  acknowledge(id: string, seq: number): void {
    this.put(this.messages.map((message) => (message.id === id ? { ...message, seq } : message)));
  }

  /** The server has found out the language of what the customer wrote last. */
  detect(language: string): void {
    const written = this.messages.findLast(({ from }) => from === "customer");
    this.messages = this.messages.map((message) => (message === written ? { ...message, language } : message));
  }

  /** The server no longer knows this conversation: only what it never had remains. */
  forget(): void {
    this.messages = this.messages.filter(({ seq }) => seq === null);
  }

  private put(messages: ChatMessage[]): void {
    const place = ({ seq }: ChatMessage) => seq ?? Number.MAX_SAFE_INTEGER;
    this.messages = messages.sort((one, other) => place(one) - place(other));
  }
}
