import { css } from "lit";

const light = css`
  color-scheme: light;
  --accent: var(--neuvo-accent, #14508c);
  --on-accent: var(--neuvo-on-accent, #ffffff);
  --background: var(--neuvo-background, #ffffff);
  --surface: var(--neuvo-surface, #edf1f6);
  --text: var(--neuvo-text, #161b22);
  --muted: var(--neuvo-muted, #48525f);
  --border: var(--neuvo-border, #727d8b);
  --error: var(--neuvo-error, #9c1c12);
  --good: #19723a;
`;

const dark = css`
  color-scheme: dark;
  --accent: var(--neuvo-accent, #8fbdf2);
  --on-accent: var(--neuvo-on-accent, #0a1a2b);
  --background: var(--neuvo-background, #14181e);
  --surface: var(--neuvo-surface, #262d37);
  --text: var(--neuvo-text, #f1f3f6);
  --muted: var(--neuvo-muted, #b9c2cd);
  --border: var(--neuvo-border, #8792a0);
  --error: var(--neuvo-error, #ffb4aa);
  --good: #7fd69b;
`;

const themes = css`
  :host { all: initial; ${light} }
  @media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${dark} } }
  :host([theme="dark"]) { ${dark} }
`;

const basics = css`
  :host {
    --radius: var(--neuvo-radius, 12px);
    display: block;
    /* rem follows the customer's own text size; max() because some pages make a rem 10 px, and em elsewhere for the same reason. */
    font: max(17px, 1.0625rem) / 1.5 var(--neuvo-font, system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif);
    color: var(--text);
  }
  *, ::before, ::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  h2, p, ul { margin: 0; padding: 0; }
  ul { list-style: none; }
  :lang(ar) { letter-spacing: 0; }
  [dir="rtl"] .mirror { transform: scaleX(-1); transform-origin: center; }
  button, select, textarea { font: inherit; color: inherit; margin: 0; min-block-size: 44px; min-inline-size: 44px; }
  button, select { cursor: pointer; }
  svg {
    inline-size: 1.4em; block-size: 1.4em; flex: none;
    fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
  }
  a { color: var(--accent); text-underline-offset: 0.2em; overflow-wrap: anywhere; }
  a svg { inline-size: 0.85em; block-size: 0.85em; margin-inline-start: 0.3em; }
  :focus { outline: none; }
  :focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
  .hidden {
    position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; padding: 0;
    overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
`;

const launcher = css`
  section { position: fixed; inset-block-end: 1em; inset-inline-end: 1em; z-index: 2147483000; max-inline-size: calc(100vw - 2em); }
  .launcher {
    display: flex; align-items: center; gap: 0.6em; min-block-size: 56px; padding: 0.6em 1.2em;
    border: 2px solid var(--background); border-radius: 999px;
    background: var(--accent); color: var(--on-accent); font-weight: 600; text-align: start;
    box-shadow: 0 2px 10px rgb(0 0 0 / 0.35);
  }
  .launcher:hover { text-decoration: underline; text-underline-offset: 0.2em; }
  .launcher:focus-visible { box-shadow: 0 0 0 8px var(--background); }
  .unread {
    min-inline-size: 1.7em; padding-inline: 0.4em; border-radius: 999px; text-align: center;
    background: var(--background); color: var(--text);
  }
`;

const panel = css`
  dialog {
    position: fixed; inset: auto; inset-block-end: 1em; inset-inline-end: 1em; z-index: 2147483000; margin: 0; padding: 0;
    inline-size: min(25.5em, calc(100vw - 2em)); block-size: min(42em, calc(100dvh - 2em)); max-inline-size: none; max-block-size: none;
    border: 1px solid var(--border); border-radius: var(--radius);
    background: var(--background); color: var(--text); box-shadow: 0 6px 30px rgb(0 0 0 / 0.3);
    container-type: size; overflow: hidden;
  }
  .frame { display: flex; flex-direction: column; block-size: 100%; }
  .head { padding: 0.5em 0.75em 0.25em; padding-inline-start: 1em; border-block-end: 1px solid var(--border); }
  .bar { display: flex; align-items: center; justify-content: space-between; gap: 0.25em 0.5em; flex-wrap: wrap; }
  h2 { font-size: 1.25em; line-height: 1.3; margin-inline-end: auto; }
  select {
    padding-inline: 0.6em; border: 1px solid var(--border); border-radius: calc(var(--radius) / 2);
    background: var(--background); max-inline-size: 100%;
  }
  .close, .plain { border: 0; border-radius: calc(var(--radius) / 2); background: none; }
  .close { display: grid; place-items: center; padding: 0; }
  .plain { padding: 0 0.4em; font-size: 0.9em; color: var(--accent); text-decoration: underline; text-underline-offset: 0.2em; }
  .close:hover, .plain:hover { background: var(--surface); }
  .state { font-size: 0.9em; color: var(--muted); flex: 1 1 9em; }
  .state::before {
    content: ""; display: inline-block; inline-size: 0.65em; block-size: 0.65em; margin-inline-end: 0.45em;
    border: 2px solid currentColor; border-radius: 50%;
  }
  .state.connected::before { background: var(--good); border-color: var(--good); }
  .state.lost, .state.ended { color: var(--error); font-weight: 600; }
  .question { padding: 0.75em 1em; border-block-end: 1px solid var(--border); background: var(--surface); }
  .question p { margin-block-end: 0.5em; }
  .question .choice { margin-inline-end: 0.5em; margin-block-end: 0.25em; }
`;

const log = css`
  .log {
    flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em;
    display: flex; flex-direction: column; gap: 0.75em;
  }
  .log > :first-child { margin-block-start: auto; }
  .log:focus-visible { outline-offset: -3px; }
  .message {
    align-self: flex-start; max-inline-size: 88%; padding: 0.6em 0.9em; position: relative;
    border: 1px solid transparent; border-radius: var(--radius); background: var(--surface); text-align: start;
  }
  .message.customer { align-self: flex-end; background: var(--accent); color: var(--on-accent); }
  .message.staff { border-color: var(--border); background: var(--background); }
  .speaker { display: block; font-size: 0.85em; font-weight: 600; color: var(--muted); }
  .text { white-space: pre-wrap; overflow-wrap: anywhere; }
  .links { margin-block-start: 0.25em; }
  .links a { display: inline-block; padding-block: 0.35em; }
  .delivery { font-size: 0.85em; }
  .delivery.failed, .delivery.waiting { font-weight: 600; }
  /* Nearly every message is stored before this shows: nothing flickers. */
  .delivery.sending { animation: late 0.5s backwards; }
  @keyframes late { from, 99% { position: absolute; visibility: hidden; } }
  .buttons { display: flex; flex-wrap: wrap; gap: 0.5em; }
  .choice {
    padding: 0.4em 1em; border: 2px solid var(--accent); border-radius: var(--radius); text-align: start; overflow-wrap: anywhere;
    background: var(--background); color: var(--accent); font-weight: 600; line-height: 1.3;
  }
  .choice:hover { background: var(--accent); color: var(--on-accent); }
  .typing { align-self: flex-start; padding: 0.6em 0.9em; border: 1px solid transparent; border-radius: var(--radius); background: var(--surface); }
  .typing-words { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .dots { display: flex; gap: 0.35em; align-items: center; block-size: 1.5em; }
  .dots i { inline-size: 0.5em; block-size: 0.5em; border-radius: 50%; background: var(--muted); animation: breathe 1.4s infinite ease-in-out; }
  .dots i:nth-child(2) { animation-delay: 0.2s; }
  .dots i:nth-child(3) { animation-delay: 0.4s; }
  @keyframes breathe { 0%, 80%, 100% { opacity: 0.35; } 40% { opacity: 1; } }
`;

const composer = css`
  .foot { padding: 0.6em 0.75em; border-block-start: 1px solid var(--border); }
  form { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 0.5em; }
  textarea {
    flex: 1 1 8em; min-inline-size: 0; padding: 0.5em 0.7em; line-height: 1.4; resize: none; overflow-y: auto; text-align: start;
    border: 2px solid var(--border); border-radius: var(--radius); background: var(--background);
  }
  textarea::placeholder { color: var(--muted); opacity: 1; }
  textarea:focus-visible { outline-offset: 0; }
  textarea[aria-invalid="true"] { border-color: var(--error); }
  .send {
    display: flex; align-items: center; justify-content: center; gap: 0.4em; padding: 0.4em 0.9em; border: 2px solid transparent;
    border-radius: var(--radius); background: var(--accent); color: var(--on-accent); font-weight: 600;
  }
  .counter { flex-basis: 100%; font-size: 0.85em; color: var(--muted); }
  .counter:empty { display: none; }
  [aria-invalid="true"] ~ .counter, .problem { color: var(--error); font-weight: 600; }
  .problem { margin-block-end: 0.5em; font-size: 0.9em; }
  .notice { margin-block-start: 0.5em; font-size: 0.82em; line-height: 1.4; color: var(--muted); }
  .notice a { display: inline-block; padding-block: 0.25em; }
`;

const circumstances = css`
  /* The same width stands in dialog.ts. */
  @media (max-width: 480px) {
    dialog { inset: 0; inline-size: 100vw; block-size: 100dvh; border: 0; border-radius: 0; }
  }
  /* 400 % zoom, a phone on its side, a keyboard over half the screen: everything scrolls as one page. */
  @container (max-height: 26em) {
    .frame { display: block; overflow-y: auto; }
    .log { overflow: visible; }
  }
  /* "Отправить" and a usable line to write on, side by side at 320 px. */
  @container (max-width: 22em) { .send svg { display: none; } }
  @media (prefers-reduced-motion: reduce) {
    .dots { display: none; }
    .typing-words { position: static; inline-size: auto; block-size: auto; clip-path: none; white-space: normal; }
  }
  @media (forced-colors: active) {
    .launcher, .message, .send, .typing, .close, .plain { border: 1px solid CanvasText; }
    .dots i { background: CanvasText; }
    .state.connected::before { background: CanvasText; }
    .unread { border: 1px solid CanvasText; }
    :focus-visible { outline-color: Highlight; }
  }
`;

export const styles = [themes, basics, launcher, panel, log, composer, circumstances];
