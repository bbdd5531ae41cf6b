// Read at once: document.currentScript is known only while the script runs for the first time.
const script = document.currentScript as HTMLScriptElement | null;
const HOME = new URL(script?.src || location.href, location.href).origin;

/** The chat's WebSocket. `server` is an origin or the full address, http(s) or ws(s); none: where this script is from. */
export function chatUrl(server: string | null): string {
  const url = new URL(server || HOME, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  if (url.pathname === "/") url.pathname = "/chat";
  return url.href;
}

/** Where the page says what is stored. */
export function privacyUrl(address: string | null): string {
  return address ? new URL(address, location.href).href : `${HOME}/#privacy`;
}
