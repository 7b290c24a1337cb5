import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { t } from './language.js';

/** An auditor's own saved queries. */
class SavedQueries extends PageElement {
  static properties = { filter: {}, queries: { state: true }, error: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.queries = [];
    this.run(() => call('GET', '/api/audit/queries'));
  }

  async run(request) {
    this.error = null;
    try {
      this.queries = (await request()).queries;
    } catch (failure) {
      this.error = failure.message;
    }
  }

  save(event) {
    event.preventDefault();
    const form = event.target;
    const name = new FormData(form).get('name').trim();
    if (!name) return;
    this.run(() => call('PUT', `/api/audit/queries/${encodeURIComponent(name)}`, this.filter)).then(() => form.reset());
  }

  async forget(query) {
    await this.run(async () => {
      await call('DELETE', `/api/audit/queries/${encodeURIComponent(query.name)}`);
      return call('GET', '/api/audit/queries');
    });
  }

  render() {
    return html`
      <div class="toolbar" role="group" aria-label=${t('Saved queries')}>
        ${this.queries.map(query => html`
          <span class="chip">
            <button class="link" @click=${() => this.dispatchEvent(new CustomEvent('query-chosen', { detail: query.filter }))}>${query.name}</button>
            <button class="quiet" aria-label=${t('Forget {name}', { name: query.name })} @click=${() => this.forget(query)}>✕</button>
          </span>`)}
        ${Object.values(this.filter ?? {}).some(Boolean) ? html`
          <form class="inline" @submit=${this.save}>
            <label class="visually-hidden" for="query-name">${t('Name of this query')}</label>
            <input id="query-name" name="name" maxlength="50" placeholder=${t('Name of this query')} autocomplete="off">
            <button>${t('Save query')}</button>
          </form>` : ''}
        ${this.error ? html`<span class="error" role="alert">${t(this.error)}</span>` : ''}
      </div>`;
  }
}

customElements.define('saved-queries', SavedQueries);
