import { html } from 'lit';
import { PageElement } from '../element.js';
import { t } from '../language.js';

/** Cards that lead elsewhere. */
class NavigationWidget extends PageElement {
  static properties = { data: {}, readOnly: { type: Boolean } };

  choose(card) {
    this.dispatchEvent(new CustomEvent('route-chosen', { detail: card.route }));
  }

  render() {
    const cards = (Array.isArray(this.data.cards) ? this.data.cards : []).filter(Boolean);
    if (!cards.length) return html`<p class="empty">${t('There is nowhere to go.')}</p>`;
    return html`
      <ul class="destinations">
        ${cards.map(card => html`
          <li>
            <button ?disabled=${this.readOnly} @click=${() => this.choose(card)}>
              <strong dir="auto">${card.title}</strong>
              ${card.badge ? html`<span class="badge ${card.badge_color ?? ''}" dir="auto">${card.badge}</span>` : ''}
              <span dir="auto">${card.description}</span>
            </button>
          </li>`)}
      </ul>`;
  }
}

customElements.define('navigation-widget', NavigationWidget);
