import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { call } from './api.js';
import { t } from './language.js';

const AT_ONCE = 30;

/** One's conversations, the last used first; found by words, and given other titles. */
class ConversationList extends PageElement {
  static properties = {
    selected: {}, readOnly: { type: Boolean }, conversations: { state: true }, next: { state: true }, error: { state: true },
    words: { state: true }, renaming: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.conversations = [];
    this.words = '';
    this.refresh = () => this.load();
    this.renamed = ({ detail }) => this.retitle(detail.id, detail.title);
    window.addEventListener('conversations-changed', this.refresh);
    window.addEventListener('conversation-renamed', this.renamed);
    this.load();
  }

  disconnectedCallback() {
    window.removeEventListener('conversations-changed', this.refresh);
    window.removeEventListener('conversation-renamed', this.renamed);
    clearTimeout(this.typing);
    super.disconnectedCallback();
  }

  async page(cursor, limit) {
    const asked = new URLSearchParams({ limit, ...(this.words && { q: this.words }), ...(cursor && { cursor }) });
    return call('GET', `/api/conversations?${asked}`);
  }

  /** Loads as many as are shown; an answer that came too late for what is looked for now is left out. */
  async load() {
    const { words } = this;
    try {
      const found = await this.page(null, Math.max(AT_ONCE, this.conversations.length));
      if (words !== this.words) return;
      this.conversations = found.conversations;
      this.next = found.next_cursor;
      this.error = null;
    } catch (failure) {
      this.error = failure.message;
    }
  }

  async more() {
    const found = await this.page(this.next, AT_ONCE);
    const known = new Set(this.conversations.map(conversation => conversation.conversation_id));
    this.conversations = [...this.conversations, ...found.conversations.filter(each => !known.has(each.conversation_id))];
    this.next = found.next_cursor;
  }

  retitle(id, title) {
    this.conversations = this.conversations.map(each => (each.conversation_id === id ? { ...each, title } : each));
  }

  search(event) {
    this.words = event.target.value.trim();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.conversations = [];
      this.load();
    }, 200);
  }

  async startRenaming(conversation) {
    this.renaming = conversation.conversation_id;
    await this.updateComplete;
    this.querySelector('.rename input').select();
  }

  async rename(event, conversation) {
    event.preventDefault();
    const title = String(new FormData(event.target).get('title')).trim();
    if (!title) return;
    try {
      await call('PATCH', `/api/conversations/${conversation.conversation_id}`, { title });
      this.retitle(conversation.conversation_id, title);
      this.stopRenaming();
    } catch (failure) {
      this.error = failure.message;
    }
  }

  async stopRenaming() {
    const id = this.renaming;
    this.renaming = null;
    await this.updateComplete;
    this.querySelector(`[data-renames="${CSS.escape(id)}"]`)?.focus();
  }

  render() {
    return html`
      <nav class="conversations" aria-label=${t('Conversations')}>
        ${this.readOnly ? '' : html`<a class="button" href="#/">${t('New conversation')}</a>`}
        <label class="visually-hidden" for="search-conversations">${t('Search conversations')}</label>
        <input id="search-conversations" type="search" placeholder=${t('Search…')} @input=${this.search}>
        ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
        ${this.words && !this.conversations.length ? html`<p class="hint" role="status">${t('Nothing found.')}</p>` : ''}
        <ul>
          ${repeat(this.conversations, each => each.conversation_id, each => html`
            <li>${this.renaming === each.conversation_id ? this.renameForm(each) : this.entry(each)}</li>`)}
        </ul>
        ${this.next ? html`<button class="quiet" @click=${this.more}>${t('More')}</button>` : ''}
      </nav>`;
  }

  entry(conversation) {
    const title = conversation.title ?? t('New conversation');
    return html`
      <a href="#/c/${conversation.conversation_id}" dir="auto"
         aria-current=${conversation.conversation_id === this.selected ? 'page' : 'false'}>
        ${title}${this.readOnly ? html`<small>${conversation.owner}</small>` : ''}</a>
      ${this.readOnly || conversation.closed ? '' : html`
        <button class="quiet" data-renames=${conversation.conversation_id} aria-label=${t('Rename {title}', { title })}
          @click=${() => this.startRenaming(conversation)}>✎</button>`}`;
  }

  renameForm(conversation) {
    return html`
      <form class="rename" @submit=${event => this.rename(event, conversation)}
        @keydown=${event => { if (event.key === 'Escape') this.stopRenaming(); }}>
        <input name="title" dir="auto" required maxlength="200" aria-label=${t('New title')} .value=${conversation.title ?? ''}>
        <button>${t('Save')}</button>
      </form>`;
  }
}

customElements.define('conversation-list', ConversationList);
