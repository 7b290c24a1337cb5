import { html } from 'lit';
import { PageElement } from '../element.js';

/** One figure, or one message. */
class CardWidget extends PageElement {
  static properties = { data: {} };

  render() {
    return html`
      <h3>${this.data.title}</h3>
      ${this.data.metric ? html`<p class="metric">${this.data.metric}</p>` : ''}
      ${this.data.delta ? html`<p class="delta">${this.data.delta}</p>` : ''}
      <p class="hint">${this.data.description}</p>`;
  }
}

customElements.define('card-widget', CardWidget);
