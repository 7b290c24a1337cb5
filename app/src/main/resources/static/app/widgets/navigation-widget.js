import { html } from 'lit';
import { PageElement } from '../element.js';

/** Cards that lead elsewhere. */
class NavigationWidget extends PageElement {
  static properties = { data: {}, readOnly: { type: Boolean } };

  choose(card) {
    this.dispatchEvent(new CustomEvent('route-chosen', { detail: card.route }));
  }

  render() {
    return html`
      <ul class="destinations">
        ${(this.data.cards ?? []).map(card => html`
          <li>
            <button ?disabled=${this.readOnly} @click=${() => this.choose(card)}>
              <strong>${card.title}</strong>
              ${card.badge ? html`<span class="badge ${card.badge_color ?? ''}">${card.badge}</span>` : ''}
              <span>${card.description}</span>
            </button>
          </li>`)}
      </ul>`;
  }
}

customElements.define('navigation-widget', NavigationWidget);
