import { html } from 'lit';
import { PageElement } from '../element.js';
import { t } from '../language.js';

/** One figure, or one message. */
class CardWidget extends PageElement {
  static properties = { data: {} };

  render() {
    const { title, metric, delta, description } = this.data;
    return html`
      <h3 dir="auto">${title ?? t('Card')}</h3>
      ${metric ? html`<p class="metric" dir="auto">${metric}</p>` : ''}
      ${delta ? html`<p class="delta" dir="auto">${delta}</p>` : ''}
      ${description ? html`<p class="hint" dir="auto">${description}</p>` : ''}
      ${title || metric || delta || description ? '' : html`<p class="empty">${t('There is nothing on this card.')}</p>`}`;
  }
}

customElements.define('card-widget', CardWidget);
