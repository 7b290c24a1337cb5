import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';

const OUTCOMES = ['', 'ok', 'denied', 'failed'];

/** The audit log: every event, filtered, page by page. */
class AuditLog extends PageElement {
  static properties = {
    entries: { state: true }, cursor: { state: true }, more: { state: true }, error: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.filter = new URLSearchParams();
    this.reload();
  }

  async reload() {
    this.entries = [];
    this.cursor = '0';
    await this.load();
  }

  async load() {
    const filter = this.filter;
    try {
      const page = await call('GET', `/api/audit/entries?limit=100&cursor=${this.cursor}&${filter}`);
      if (filter !== this.filter) return; // Another search has begun meanwhile.
      this.entries = [...this.entries, ...page.entries];
      this.cursor = page.next_cursor;
      this.more = page.more;
      this.error = null;
    } catch (failure) {
      this.error = failure.message;
    }
  }

  search(event) {
    event.preventDefault();
    this.filter = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
    this.reload();
  }

  render() {
    return html`
      <h1>Audit log</h1>
      <form class="filters" @submit=${this.search}>
        <label>Actor <input name="actor" autocomplete="off"></label>
        <label>Type <input name="type" autocomplete="off" placeholder="action-denied"></label>
        <label>Conversation <input name="conversation" autocomplete="off"></label>
        <label>Outcome <select name="outcome">${OUTCOMES.map(o => html`<option value=${o}>${o || 'any'}</option>`)}</select></label>
        <button class="primary">Search</button>
      </form>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
      <div class="scroll" tabindex="0" role="region" aria-label="Entries">
        <table class="audit">
          <thead><tr><th>#</th><th>Time</th><th>Event</th><th>Actor</th><th>Outcome</th><th>Content</th></tr></thead>
          <tbody>
            ${this.entries.map(entry => html`
              <tr class=${entry.outcome}>
                <td>${entry.seq}</td>
                <td><time datetime=${entry.at}>${entry.at.replace('T', ' ').slice(0, 19)}</time></td>
                <td>${entry.type}</td>
                <td>${entry.actor}</td>
                <td><span class="outcome ${entry.outcome}">${entry.outcome}</span></td>
                <td><details><summary>Show</summary><pre>${JSON.stringify({ payload: entry.payload, metadata: entry.metadata }, null, 2)}</pre></details></td>
              </tr>`)}
          </tbody>
        </table>
      </div>
      <p>${this.entries.length} entries shown.
        <button @click=${this.load}>${this.more ? 'Load more' : 'Check for new entries'}</button></p>`;
  }
}

customElements.define('audit-log', AuditLog);
