import { LitElement } from 'lit';

/** An element styled by the page's one style sheet. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
