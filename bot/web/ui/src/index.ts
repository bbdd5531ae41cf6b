import { NeuvoChat } from "./element";

const TAG = "neuvo-chat";

function putOnPage(): void {
  if (!document.querySelector(TAG)) document.body.append(document.createElement(TAG));
}

if (!customElements.get(TAG)) {
  customElements.define(TAG, NeuvoChat);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", putOnPage);
  else putOnPage();
}
