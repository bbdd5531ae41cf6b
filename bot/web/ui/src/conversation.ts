import { Connection, type ConnectionState } from "./connection";
import { newId } from "./identifier";
import { type ChatMessage, Log } from "./log";
import { Outbox } from "./outbox";
import { type ClientFrame, type ErrorFrame, PROTOCOL, type ServerFrame, type Speaker, type Welcome } from "./protocol";
import { chosenLanguage, emptySession, loadSession, type Outgoing, rememberLanguage, saveSession, type Session } from "./session";
import { browserLanguage, knownLanguage, type Language } from "./strings";
import { Tabs } from "./tabs";

export type Delivery = "stored" | "sending" | "waiting" | "failed";
export type Problem = "too_long" | "too_fast";

const TYPING_EVERY_MS = 3_000;
/** Should the server never say that it stopped writing. */
const TYPING_LASTS_MS = 60_000;
/** When the server does not say how long to wait. */
const TOO_FAST_WAIT_S = 10;
const LONGEST_WAIT_S = 60;
const INTERNAL_WAIT_S = 2;

/** One customer's conversation: what was said, what is still to be sent, in which language. Calls `changed` on any change. */
export class Conversation {
  readonly session: Session;
  maxText = 2000;
  typing: Speaker | null = null;
  problem: Problem | null = null;
  private readonly log = new Log();
  private readonly connection: Connection;
  private readonly outbox: Outbox;
  private readonly tabs: Tabs;
  private readonly said = new Set<number>();
  private saidBefore: number;
  private typingSentAt = 0;
  private typingTimer = 0;
  private started = false;

  constructor(private readonly server: string, private readonly pageLanguage: Language | null, private readonly changed: () => void) {
    this.session = loadSession(server);
    this.saidBefore = this.session.said;
    this.connection = new Connection(server, {
      hello: () => this.hello(),
      frame: (frame) => this.receive(frame),
      state: (state) => this.stateChanged(state),
    });
    this.outbox = new Outbox(
      this.session.outbox,
      (message) => this.connection.send({ type: "message", ...message }),
      () => this.connection.drop(),
      () => this.save(),
    );
    this.tabs = new Tabs(() => this.session.token);
    this.showUnsent();
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  get messages(): ChatMessage[] {
    return this.log.messages;
  }

  get language(): Language {
    return this.session.language ?? chosenLanguage() ?? this.pageLanguage ?? browserLanguage();
  }

  /** What a screen reader has not been told yet. The customer knows their own messages. */
  get unsaid(): ChatMessage[] {
    return this.messages.filter(
      ({ from, seq }) => from !== "customer" && seq !== null && seq > this.saidBefore && !this.said.has(seq),
    );
  }

  async start(): Promise<void> {
    if (this.started) return;
    this.started = true;
    const { token } = this.session;
    if (token && (await this.tabs.isTaken(token))) this.forget();
    if (this.started) this.connection.start();
  }

  stop(): void {
    this.started = false;
    this.connection.stop();
    this.outbox.release();
    this.tabs.close();
  }

  /** A new conversation: this tab forgets the old one. */
  restart(): void {
    this.connection.stop();
    this.forget();
    this.connection.start();
  }

  send(text: string, payload?: unknown): void {
    const message: Outgoing = { id: newId(), text, ...(payload === undefined ? {} : { payload }) };
    this.problem = null;
    this.log.write(message.id, text, this.language);
    this.outbox.add(message);
  }

  choose(language: Language): void {
    rememberLanguage(language);
    this.session.language = language;
    this.session.languageUnsent = true;
    this.connection.send({ type: "language", language });
    this.save();
  }

  /** The customer is typing: told at most every 3 s. */
  type(draft: string): void {
    this.session.draft = draft;
    this.save();
    if (Date.now() - this.typingSentAt < TYPING_EVERY_MS) return;
    if (draft && this.connection.send({ type: "typing" })) this.typingSentAt = Date.now();
  }

  deliveryOf({ id, seq }: ChatMessage): Delivery {
    if (seq !== null) return "stored";
    if (!this.outbox.holds(id)) return "failed";
    return this.state === "connected" && !this.outbox.paused ? "sending" : "waiting";
  }

  markSaid(messages: ChatMessage[]): void {
    for (const { seq } of messages) this.said.add(seq ?? 0);
    this.session.said = Math.max(this.session.said, ...this.said);
    this.save();
  }

  markOpen(open: boolean): void {
    this.session.open = open;
    this.save();
  }

  private hello(): ClientFrame {
    const { token, language, languageUnsent } = this.session;
    return {
      type: "hello",
      protocol: PROTOCOL,
      token,
      page_language: this.language,
      // A known conversation knows its language better than this browser's last choice does.
      language: languageUnsent ? language : token ? null : chosenLanguage(),
      after: this.log.complete,
    };
  }

  private receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        return this.welcomed(frame);
      case "message":
        this.log.receive(frame);
        // After a lost acknowledgement our own message comes back this way.
        this.outbox.remove(frame.id);
        if (frame.from === this.typing) this.typing = null;
        return this.save();
      case "ack":
        this.log.acknowledge(frame.id, frame.seq);
        if (this.problem === "too_fast") this.problem = null;
        return this.outbox.remove(frame.id);
      case "typing":
        return this.showTyping(frame.on ? frame.from : null);
      case "language":
        return this.languageChanged(knownLanguage(frame.language), frame.by);
      case "error":
        return this.failed(frame);
      case "pong":
        return;
    }
  }

  private welcomed({ token, language, resumed, max_text }: Welcome): void {
    if (!resumed && this.session.token) this.forgetMessages();
    this.session.token = token;
    this.maxText = max_text;
    const known = knownLanguage(language);
    const wanted = this.session.languageUnsent ? this.session.language : resumed ? null : chosenLanguage();
    if (wanted && wanted !== known) this.choose(wanted);
    else {
      this.session.language = known;
      this.session.languageUnsent = false;
    }
    this.outbox.flush();
  }

  private languageChanged(language: Language | null, by: "customer" | "detected"): void {
    if (!language) return;
    if (by === "customer") rememberLanguage(language);
    else this.log.detect(language);
    this.session.language = language;
    this.session.languageUnsent = false;
    this.save();
  }

  /** Errors that the customer can do something about are shown; the others are mended in silence. */
  private failed({ code, reason, id }: ErrorFrame): void {
    const message = this.outbox.about(id);
    if (message && (code === "too_long" || code === "too_fast")) this.problem = code;
    if (message) this.mend(code, reason, message);
    this.changed();
  }

  private mend(code: string, reason: string, message: Outgoing): void {
    switch (code) {
      case "too_fast":
        return this.outbox.pause(secondsIn(reason));
      case "internal":
        return this.outbox.pause(INTERNAL_WAIT_S);
      case "unknown_payload":
        // The button is from before a deletion or an update: its words still say what the customer wants.
        delete message.payload;
        this.outbox.release();
        return this.outbox.flush();
      case "too_long":
      case "too_large":
      case "bad_frame":
        return this.outbox.remove(message.id);
    }
  }

  private showTyping(speaker: Speaker | null): void {
    clearTimeout(this.typingTimer);
    this.typing = speaker;
    if (speaker) this.typingTimer = window.setTimeout(() => this.showTyping(null), TYPING_LASTS_MS);
    this.changed();
  }

  private stateChanged(state: ConnectionState): void {
    if (state !== "connected") {
      this.outbox.release();
      this.showTyping(null);
    }
    this.changed();
  }

  private showUnsent(): void {
    for (const { id, text } of this.session.outbox) this.log.write(id, text, this.language);
  }

  private forget(): void {
    const { language, languageUnsent, open } = this.session;
    this.outbox.clear();
    Object.assign(this.session, emptySession(), { language, languageUnsent, open, outbox: this.outbox.items });
    this.log.messages = [];
    this.problem = null;
    this.forgetMessages();
  }

  private forgetMessages(): void {
    this.log.forget();
    this.said.clear();
    this.saidBefore = this.session.said = 0;
    this.save();
  }

  private save(): void {
    saveSession(this.server, this.session);
    this.changed();
  }
}

/** "too_fast" says in its reason how many seconds to wait: "At most 10 messages in 10 s: wait 3.2 s." */
function secondsIn(reason: string): number {
  const seconds = Number(/wait\D*(\d+(\.\d+)?)/i.exec(reason)?.[1] ?? TOO_FAST_WAIT_S);
  return Math.min(Math.max(seconds, 1), LONGEST_WAIT_S);
}
