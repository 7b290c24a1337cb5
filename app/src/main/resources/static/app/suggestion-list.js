import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { t } from './language.js';

/** What one might ask, for whoever begins. */
class SuggestionList extends PageElement {
  static properties = { questions: { state: true } };

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.questions = (await call('GET', '/api/suggestions')).questions;
    } catch {
      this.questions = []; // One can ask without them.
    }
  }

  choose(question) {
    this.dispatchEvent(new CustomEvent('question-chosen', { detail: question, bubbles: true }));
  }

  render() {
    return html`
      <div class="welcome">
        <h1>${t('What would you like to know?')}</h1>
        <ul>${(this.questions ?? []).map(text => html`<li><button @click=${() => this.choose(text)}>${text}</button></li>`)}</ul>
      </div>`;
  }
}

customElements.define('suggestion-list', SuggestionList);
