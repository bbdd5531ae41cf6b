import { knownLanguage, type Language } from "./strings";

/** What the customer said and the server has not acknowledged yet. */
export interface Outgoing {
  id: string;
  text: string;
  payload?: unknown;
}

/** What one tab remembers of its conversation, so that a reload goes on where it was. */
export interface Session {
  token: string | null;
  language: Language | null;
  /** The language was picked while the server could not hear it. */
  languageUnsent: boolean;
  /** Highest seq that was read out to a screen reader. */
  said: number;
  /** null: the customer has neither opened nor closed the panel, the page's `open` attribute decides. */
  open: boolean | null;
  draft: string;
  outbox: Outgoing[];
}

export const emptySession = (): Session => ({
  token: null,
  language: null,
  languageUnsent: false,
  said: 0,
  open: null,
  draft: "",
  outbox: [],
});

const CHOSEN_LANGUAGE = "neuvo:language";
const sessionKey = (server: string) => `neuvo:${server}`;

export function loadSession(server: string): Session {
  try {
    const saved: unknown = JSON.parse(read("sessionStorage", sessionKey(server)) ?? "null");
    return { ...emptySession(), ...(saved as Partial<Session> | null) };
  } catch {
    return emptySession();
  }
}

export function saveSession(server: string, session: Session): void {
  write("sessionStorage", sessionKey(server), JSON.stringify(session));
}

/** The language that the customer picked last, in any tab and on any day. */
export function chosenLanguage(): Language | null {
  return knownLanguage(read("localStorage", CHOSEN_LANGUAGE));
}

export function rememberLanguage(language: Language): void {
  write("localStorage", CHOSEN_LANGUAGE, language);
}

type Store = "localStorage" | "sessionStorage";

// A browser may forbid storage altogether: even to look at it throws. The chat then lives as long as the page.
function read(store: Store, key: string): string | null {
  try {
    return window[store].getItem(key);
  } catch {
    return null;
  }
}

function write(store: Store, key: string, value: string): void {
  try {
    window[store].setItem(key, value);
  } catch {
    // Nothing to do: see above.
  }
}
