import type { Outgoing } from "./session";

/** The server acknowledges as soon as it has stored a message; far longer than that means a dead connection. */
const ACK_MS = 10_000;

/**
 * What waits for the server's acknowledgement. One message is under way at a time, so that they arrive in the order
 * they were written, and the same id goes again until it is acknowledged.
 */
export class Outbox {
  private underway: string | null = null;
  private pauseTimer = 0;
  private ackTimer = 0;

  constructor(
    readonly items: Outgoing[],
    private readonly transmit: (message: Outgoing) => boolean,
    private readonly overdue: () => void,
    private readonly changed: () => void,
  ) {}

  get paused(): boolean {
    return this.pauseTimer !== 0;
  }

  holds(id: string): boolean {
    return this.items.some((item) => item.id === id);
  }

  add(message: Outgoing): void {
    this.items.push(message);
    this.flush();
  }

  /** Acknowledged, or given up. */
  remove(id: string): void {
    const index = this.items.findIndex((item) => item.id === id);
    if (index < 0) return;
    this.items.splice(index, 1);
    if (this.underway === id) this.release();
    this.flush();
  }

  /** The message that an error is about: the one it names, else the one under way. */
  about(id: string | null): Outgoing | undefined {
    return this.items.find((item) => item.id === (id ?? this.underway));
  }

  /** Sends the first message when nothing is under way. */
  flush(): void {
    const next = this.items[0];
    if (next && !this.underway && !this.paused && this.transmit(next)) {
      this.underway = next.id;
      this.ackTimer = window.setTimeout(this.overdue, ACK_MS);
    }
    this.changed();
  }

  /** Sends the same message again after a while. */
  pause(seconds: number): void {
    this.release();
    clearTimeout(this.pauseTimer);
    this.pauseTimer = window.setTimeout(() => {
      this.pauseTimer = 0;
      this.flush();
    }, seconds * 1000);
    this.changed();
  }

  /** The connection is gone, and with it whatever was under way. */
  release(): void {
    clearTimeout(this.ackTimer);
    this.underway = null;
  }

  clear(): void {
    this.release();
    clearTimeout(this.pauseTimer);
    this.pauseTimer = 0;
    this.items.length = 0;
  }
}
