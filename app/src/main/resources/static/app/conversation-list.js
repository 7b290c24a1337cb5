import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';

/** One's conversations, the last used first. */
class ConversationList extends PageElement {
  static properties = {
    selected: {}, readOnly: { type: Boolean }, conversations: { state: true }, error: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.conversations = [];
    this.refresh = () => this.load();
    window.addEventListener('conversations-changed', this.refresh);
    this.load();
  }

  disconnectedCallback() {
    window.removeEventListener('conversations-changed', this.refresh);
    super.disconnectedCallback();
  }

  async load() {
    try {
      this.conversations = (await call('GET', '/api/conversations')).conversations;
    } catch (failure) {
      this.error = failure.message;
    }
  }

  render() {
    return html`
      <nav class="conversations" aria-label="Conversations">
        ${this.readOnly ? '' : html`<a class="button" href="#/">New conversation</a>`}
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
        <ul>
          ${this.conversations.map(conversation => html`
            <li>
              <a href="#/c/${conversation.conversation_id}"
                 aria-current=${conversation.conversation_id === this.selected ? 'page' : 'false'}>
                ${conversation.title ?? 'New conversation'}
                ${this.readOnly ? html`<small>${conversation.owner}</small>` : ''}
              </a>
            </li>`)}
        </ul>
      </nav>`;
  }
}

customElements.define('conversation-list', ConversationList);
