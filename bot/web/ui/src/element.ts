import { html, LitElement, nothing, type PropertyValues } from "lit";
import { Announcer } from "./announcer";
import { chatUrl, privacyUrl } from "./addresses";
import { Conversation } from "./conversation";
import { fitKeyboard, NARROW, place } from "./dialog";
import { SPEECH } from "./icons";
import { logOf, type LogView } from "./messages";
import { charactersLeft, counterOf, footerOf, headerOf, type PanelView } from "./panel";
import type { Button } from "./protocol";
import { grow, Scroll } from "./scroll";
import { directionOf, fill, knownLanguage, type Language, WORDS, type Words } from "./strings";
import { styles } from "./styles";
import { Watch } from "./watch";

/**
 * The chat widget: a launcher and a panel.
 *
 * Attributes: `server` (where the chat is; the script's own origin), `language` (the page's), `open`, `theme` (`light`,
 * `dark`; the system's), `privacy` (address of what is stored; /#privacy on the server).
 * CSS variables: --neuvo-accent, --neuvo-on-accent, --neuvo-background, --neuvo-surface, --neuvo-text, --neuvo-muted,
 * --neuvo-border, --neuvo-error, --neuvo-radius, --neuvo-font, --neuvo-font-size.
 */
export class NeuvoChat extends LitElement {
  static styles = styles;
  static properties = {
    server: {},
    language: {},
    privacy: {},
    theme: { reflect: true },
    open: { type: Boolean, reflect: true },
    asking: { state: true },
  };

  declare server: string | null;
  declare language: string | null;
  declare privacy: string | null;
  declare theme: string | null;
  declare open: boolean;
  declare asking: boolean;

  private conversation!: Conversation;
  private scrolling: Scroll | null = null;
  private watch!: Watch;
  private pressed: Element | null = null;

  constructor() {
    super();
    this.open = false;
    this.asking = false;
  }

  connectedCallback(): void {
    const pageLanguage = knownLanguage(this.getAttribute("language") ?? document.documentElement.lang);
    this.conversation = new Conversation(chatUrl(this.getAttribute("server")), pageLanguage, () => this.requestUpdate());
    this.watch = new Watch(this.conversation, new Announcer(() => this.find("announcer")), () => this.open);
    const { open, token } = this.conversation.session;
    this.open = open ?? this.hasAttribute("open");
    if (token) void this.conversation.start();
    NARROW.addEventListener("change", this.narrowChanged);
    visualViewport?.addEventListener("resize", this.keyboardChanged);
    visualViewport?.addEventListener("scroll", this.keyboardChanged);
    super.connectedCallback();
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.conversation.stop();
    this.watch.stop();
    NARROW.removeEventListener("change", this.narrowChanged);
    visualViewport?.removeEventListener("resize", this.keyboardChanged);
    visualViewport?.removeEventListener("scroll", this.keyboardChanged);
  }

  /** Opens the panel as the customer does: the composer gets the focus. */
  show = async (): Promise<void> => {
    this.open = true;
    this.conversation.markOpen(true);
    await this.updateComplete;
    this.composer.focus();
  };

  /** Closes the panel as the customer does: the launcher gets the focus back. */
  hide = async (): Promise<void> => {
    this.open = false;
    this.asking = false;
    this.conversation.markOpen(false);
    await this.updateComplete;
    this.find("launcher").focus();
  };

  protected willUpdate(): void {
    if (this.open) void this.conversation.start();
    this.scrolling?.before();
    this.pressed = this.shadowRoot?.activeElement?.closest(".buttons") ?? null;
  }

  protected firstUpdated(): void {
    this.scrolling = new Scroll(this.dialog);
  }

  protected updated(changed: PropertyValues): void {
    if (changed.has("open")) place(this.dialog, this.open);
    grow(this.composer);
    this.scrolling?.after(this.conversation.messages.at(-1)?.from === "customer");
    // A button that had the focus is gone: the focus stays in the conversation, and does not fall out to the page.
    if (this.open && this.pressed && !this.pressed.isConnected) this.find("log").focus({ preventScroll: true });
    this.watch.look();
  }

  protected render() {
    const { language } = this.conversation;
    const direction = directionOf(language);
    const view = this.view(WORDS[language], language);
    return html`
      <section aria-label=${view.words.name} lang=${language} dir=${direction} ?hidden=${this.open}>
        ${this.launcher(view.words)}
      </section>
      <dialog aria-labelledby="name" lang=${language} dir=${direction} data-testid="panel"
        @keydown=${this.escape} @cancel=${this.cancel} @close=${this.closed}>
        <div class="frame">${headerOf(view)} ${logOf(view)} ${footerOf(view)}</div>
        <div class="hidden" aria-live="polite" data-testid="announcer"></div>
      </dialog>
    `;
  }

  private launcher(words: Words) {
    const unread = this.open ? 0 : this.conversation.unsaid.length;
    return html`
      <button type="button" class="launcher" aria-haspopup="dialog" aria-expanded="false" data-testid="launcher" @click=${this.show}>
        ${SPEECH}<span>${words.launcher}</span>
        ${unread ? html`<span class="unread" aria-hidden="true" data-testid="unread">${unread}</span>` : nothing}
      </button>
      <p class="hidden" role="status">${unread ? fill(words.unread, { count: unread }) : nothing}</p>
    `;
  }

  private view(words: Words, language: Language): PanelView & LogView {
    const { conversation } = this;
    return {
      words,
      language,
      messages: conversation.messages,
      typing: conversation.typing,
      state: conversation.state,
      problem: conversation.problem,
      maxText: conversation.maxText,
      draft: conversation.session.draft,
      privacyUrl: privacyUrl(this.privacy),
      asking: this.asking,
      deliveryOf: (message) => conversation.deliveryOf(message),
      choose: (chosen) => conversation.choose(chosen),
      press: this.press,
      close: this.hide,
      ask: this.ask,
      startAnew: this.startAnew,
      goOn: this.goOn,
      write: this.write,
      key: this.key,
      submit: this.submit,
    };
  }

  private readonly press = ({ title, payload }: Button, event: MouseEvent): void => {
    this.conversation.send(title, payload);
    // By keyboard the next thing is to write or to go on from there; by touch a keyboard would cover the answer.
    if (event.detail === 0) this.composer.focus();
  };

  private readonly write = (event: InputEvent): void => {
    const before = this.conversation.session.draft;
    const draft = (event.target as HTMLTextAreaElement).value;
    this.conversation.type(draft);
    this.watch.count(this.counter(before), this.counter(draft));
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  };

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const { session, maxText } = this.conversation;
    const text = session.draft.trim();
    this.composer.focus();
    if (!text || charactersLeft(text, maxText) < 0) return;
    this.conversation.send(text);
    this.conversation.type("");
  };

  private readonly ask = async (): Promise<void> => {
    this.asking = !this.asking;
    await this.updateComplete;
    if (this.asking) this.find("new-conversation-no").focus();
  };

  private readonly goOn = (): void => {
    this.asking = false;
    this.find("new-conversation").focus();
  };

  private readonly startAnew = (): void => {
    this.asking = false;
    this.conversation.restart();
    this.composer.focus();
  };

  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.asking) this.goOn();
    else void this.hide();
  };

  /** The back button of a phone closes the full-screen panel this way. */
  private readonly cancel = (event: Event): void => {
    event.preventDefault();
    if (this.asking) this.goOn();
    else void this.hide();
  };

  private readonly closed = (): void => {
    if (this.open && !this.dialog.open) void this.hide();
  };

  private readonly narrowChanged = (): void => {
    if (!this.open) return;
    const focused = this.shadowRoot?.activeElement as HTMLElement | null;
    place(this.dialog, false);
    place(this.dialog, true);
    focused?.focus();
  };

  private readonly keyboardChanged = (): void => fitKeyboard(this.dialog);

  private counter(draft: string): string | null {
    const { language, maxText } = this.conversation;
    return counterOf({ words: WORDS[language], draft, maxText });
  }

  private get dialog(): HTMLDialogElement {
    return this.find("panel") as HTMLDialogElement;
  }

  private get composer(): HTMLTextAreaElement {
    return this.find("composer") as HTMLTextAreaElement;
  }

  private find(part: string): HTMLElement {
    return this.renderRoot.querySelector(`[data-testid="${part}"]`) as HTMLElement;
  }
}
