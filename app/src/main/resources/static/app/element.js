import { LitElement, html, render } from 'lit';
import { t } from './language.js';

/** An element styled by the page's one style sheet. What it cannot show takes nothing else of the page with it. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }

  performUpdate() {
    try {
      super.performUpdate();
    } catch (failure) {
      console.warn(`${this.localName} could not be shown`, failure);
      this.replaceChildren();
      delete this._$litPart$;
      render(html`<p class="error" role="note">${t('This part cannot be shown.')}</p>`, this);
    }
  }
}
