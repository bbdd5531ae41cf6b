// A browser copies sessionStorage into a duplicated tab. Two tabs must not share a conversation, so a tab asks
// before it takes up a remembered one. A reloaded page does not hear its old self: that one is gone.

const CHANNEL = "neuvo";
/** Long enough for another tab of this browser to answer, short enough not to be felt on a reload. */
const ANSWER_MS = 120;

interface Note {
  kind: "asks" | "holds";
  token: string;
}

/** Answers other tabs that ask for `token()`, and asks them. */
export class Tabs {
  private readonly channel = openChannel();
  private taken: (() => void) | null = null;
  private asked: string | null = null;

  constructor(token: () => string | null) {
    if (!this.channel) return;
    this.channel.onmessage = ({ data }: MessageEvent<Note>) => {
      if (data.kind === "holds" && data.token === this.asked) this.taken?.();
      if (data.kind === "asks" && data.token === token() && this.asked === null) {
        this.channel?.postMessage({ kind: "holds", token: data.token } satisfies Note);
      }
    };
  }

  async isTaken(token: string): Promise<boolean> {
    if (!this.channel) return false;
    this.asked = token;
    const taken = await new Promise<boolean>((resolve) => {
      this.taken = () => resolve(true);
      this.channel?.postMessage({ kind: "asks", token } satisfies Note);
      setTimeout(() => resolve(false), ANSWER_MS);
    });
    this.asked = null;
    return taken;
  }

  close(): void {
    this.channel?.close();
  }
}

function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return null;
  }
}
