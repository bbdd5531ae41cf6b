import type { Announcer } from "./announcer";
import type { Conversation } from "./conversation";
import { type Key, WORDS } from "./strings";

/** Gathers what arrives together, and lets a panel that just opened come into the accessibility tree. */
const GATHER_MS = 150;
/** Shorter troubles and waits than this are not worth interrupting anybody. */
const PATIENCE_MS = 3_000;

/** Looks at the conversation after every change and tells the announcer what a customer who cannot see must hear. */
export class Watch {
  private messageTimer = 0;
  private lostTimer = 0;
  private typingTimer = 0;
  private lossSaid = false;
  private waitSaid: string | undefined;
  private problemSaid: string | null = null;

  constructor(
    private readonly conversation: Conversation,
    private readonly announcer: Announcer,
    private readonly open: () => boolean,
  ) {}

  look(): void {
    if (!this.open()) return;
    if (this.conversation.unsaid.length) this.messageTimer ||= window.setTimeout(() => this.sayMessages(), GATHER_MS);
    this.lookAtConnection();
    this.lookAtTyping();
    const { problem } = this.conversation;
    if (problem && problem !== this.problemSaid) this.say(problem);
    this.problemSaid = problem;
  }

  /** The counter speaks when it appears and when the text becomes too long, not at every key. */
  count(before: string | null, after: string | null): void {
    const kind = (counter: string | null) => counter?.replace(/\d+/g, "") ?? null;
    if (after && kind(before) !== kind(after)) this.announcer.notice(after, this.conversation.language);
  }

  stop(): void {
    clearTimeout(this.messageTimer);
    clearTimeout(this.lostTimer);
    clearTimeout(this.typingTimer);
  }

  private sayMessages(): void {
    this.messageTimer = 0;
    if (!this.open()) return;
    const { unsaid, language } = this.conversation;
    for (const message of unsaid) this.announcer.message(message, WORDS[language], language);
    this.conversation.markSaid(unsaid);
  }

  private lookAtConnection(): void {
    const { state } = this.conversation;
    if (state === "ended" && !this.lossSaid) this.sayLoss("ended");
    if (state === "lost" && !this.lossSaid) this.lostTimer ||= window.setTimeout(() => this.sayLoss("lost"), PATIENCE_MS);
    if (state !== "connected") return;
    clearTimeout(this.lostTimer);
    this.lostTimer = 0;
    if (this.lossSaid) this.say("connected_again");
    this.lossSaid = false;
  }

  private sayLoss(key: Key): void {
    this.lossSaid = true;
    this.say(key);
  }

  /** A long wait is told once for each message of the customer. */
  private lookAtTyping(): void {
    const { typing, messages } = this.conversation;
    clearTimeout(this.typingTimer);
    const question = messages.findLast(({ from }) => from === "customer")?.id;
    if (!typing || question === this.waitSaid) return;
    this.typingTimer = window.setTimeout(() => {
      this.waitSaid = question;
      this.say(typing === "staff" ? "typing_staff" : "typing_bot");
    }, PATIENCE_MS);
  }

  private say(key: Key): void {
    const { language } = this.conversation;
    this.announcer.notice(WORDS[language][key], language);
  }
}
