import { type ClientFrame, readFrame, type ServerFrame } from "./protocol";

export type ConnectionState = "idle" | "connecting" | "connected" | "lost" | "ended";

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** A connection that lived this long was a good one: the next retry is quick again. */
const STEADY_MS = 5_000;
/** Proxies drop a silent connection after 30-60 s. */
const PING_MS = 25_000;
const ANSWER_MS = 10_000;
const PROBE_ANSWER_MS = 4_000;
/** After close code 1013 (too many connections) we start waiting from here: 8 s. */
const BUSY_ATTEMPT = 4;
const BUSY = 1013;

export interface Listener {
  hello(): ClientFrame;
  frame(frame: ServerFrame): void;
  state(state: ConnectionState): void;
}

/** One WebSocket that comes back by itself for as long as the chat is wanted. */
export class Connection {
  state: ConnectionState = "idle";
  private socket: WebSocket | null = null;
  private attempt = 0;
  private welcomedAt = 0;
  private retryTimer = 0;
  private pingTimer = 0;
  private deadline = 0;

  constructor(private readonly url: string, private readonly listener: Listener) {}

  start(): void {
    if (this.state !== "idle") return;
    addEventListener("online", this.wake);
    addEventListener("offline", this.wake);
    addEventListener("pageshow", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.connect("connecting");
  }

  stop(): void {
    removeEventListener("online", this.wake);
    removeEventListener("offline", this.wake);
    removeEventListener("pageshow", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.letGo();
    this.attempt = 0;
    this.enter("idle");
  }

  /** False when there is no welcomed connection: the frame was not sent. */
  send(frame: ClientFrame): boolean {
    if (this.state !== "connected" || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** An answer is overdue: the connection is dead, whatever the socket believes. */
  drop(): void {
    this.lost(0);
  }

  private connect(state: ConnectionState): void {
    this.letGo();
    this.enter(state);
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.expectAnswer(ANSWER_MS);
    socket.onopen = () => socket.send(JSON.stringify(this.listener.hello()));
    socket.onmessage = ({ data }) => this.heard(data);
    socket.onclose = ({ code }) => this.lost(code);
  }

  private heard(data: unknown): void {
    clearTimeout(this.deadline);
    clearTimeout(this.pingTimer);
    this.pingTimer = window.setTimeout(() => this.ping(ANSWER_MS), PING_MS);
    const frame = readFrame(data);
    if (!frame) return;
    if (frame.type === "welcome") {
      this.welcomedAt = Date.now();
      this.enter("connected");
    }
    this.listener.frame(frame);
    // The server speaks another protocol than this file: only a newer file from the server can help.
    if (frame.type === "error" && frame.code === "protocol") this.end();
  }

  private lost(code: number): void {
    const steady = this.state === "connected" && Date.now() - this.welcomedAt > STEADY_MS;
    this.letGo();
    if (steady) this.attempt = 0;
    if (code === BUSY) this.attempt = Math.max(this.attempt, BUSY_ATTEMPT);
    const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.attempt);
    this.attempt += 1;
    // Jitter: a restarted server must not meet all its customers in the same moment.
    const delay = Math.max(FIRST_RETRY_MS, ceiling * (0.5 + Math.random() / 2));
    this.retryTimer = window.setTimeout(() => this.connect("lost"), delay);
    this.enter("lost");
  }

  /** The network or the customer came back: do not wait for a timer that was set in worse times. */
  private readonly wake = (): void => {
    if (document.visibilityState === "hidden") return;
    if (this.state === "connected") this.ping(PROBE_ANSWER_MS);
    else if (this.retryTimer) this.connect("lost");
  };

  private ping(patience: number): void {
    if (this.send({ type: "ping" })) this.expectAnswer(patience);
  }

  private expectAnswer(patience: number): void {
    clearTimeout(this.deadline);
    this.deadline = window.setTimeout(() => this.drop(), patience);
  }

  private end(): void {
    this.stop();
    this.enter("ended");
  }

  private letGo(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.pingTimer);
    clearTimeout(this.deadline);
    this.retryTimer = 0;
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
  }

  private enter(state: ConnectionState): void {
    if (state === this.state) return;
    this.state = state;
    this.listener.state(state);
  }
}
