import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { number, percent, t } from './language.js';

/** The sources of an answer; each opens, beside it, the very rows or the passage it was made from. */
class CitationList extends PageElement {
  static properties = {
    citations: {}, path: {}, readOnly: { type: Boolean }, opened: { state: true }, content: { state: true },
    error: { state: true },
  };

  async toggle(place) {
    if (this.opened === place) this.close();
    else await this.open(place);
  }

  async open(place, page = 1) {
    const first = this.opened !== place;
    this.opened = place;
    this.error = null;
    if (first) this.content = null;
    try {
      const content = await call('GET', `${this.path}/citations/${place}?page=${page}`);
      if (this.opened !== place) return;
      this.content = content;
      await this.updateComplete;
      if (first) this.querySelector('.cited h3').focus();
    } catch (failure) {
      this.error = failure.message;
      this.opened = null;
    }
  }

  async close() {
    const place = this.opened;
    this.opened = null;
    this.content = null;
    await this.updateComplete;
    this.querySelector(`[data-opens="${place}"]`)?.focus();
  }

  render() {
    return html`
      <ul class="citations" aria-label=${t('Sources')}>
        ${this.citations.map((citation, place) => html`
          <li>
            <details>
              <summary>${citation.source_name} <span class="hint">${percent(citation.confidence)}</span></summary>
              <p dir="auto">${citation.snippet}</p>
              <p class="hint" dir="auto">${citation.location ?? ''}</p>
              ${this.readOnly ? '' : html`
                <button data-opens=${place} aria-expanded=${this.opened === place} @click=${() => this.toggle(place)}>
                  ${this.opened === place ? t('Close') : citation.page ? t('Open the passage') : t('Open what was read')}</button>`}
            </details>
          </li>`)}
      </ul>
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      ${this.content ? this.shown(this.content) : ''}`;
  }

  shown(content) {
    return html`
      <section class="cited" aria-label=${t('Source {name}', { name: content.source_name })}
        @keydown=${event => { if (event.key === 'Escape') this.close(); }}>
        <button class="close" @click=${this.close}>${t('Close the source')}</button>
        ${content.type === 'passage' ? this.passage(content) : this.rows(content)}
      </section>`;
  }

  passage(content) {
    return html`
      <h3 tabindex="-1" dir="auto">${content.source_name}</h3>
      <p class="hint" dir="auto">${content.filename}${content.page ? `, ${t('page {number}', { number: number(content.page) })}` : ''}${content.heading ? `, "${content.heading}"` : ''}</p>
      <blockquote dir="auto">${content.content}</blockquote>`;
  }

  rows(content) {
    const columns = Object.entries(content.columns);
    const pages = Math.max(1, Math.ceil(content.total_rows / content.page_size));
    return html`
      <h3 tabindex="-1" dir="auto">${content.source_name}: ${t('{count} rows', { count: number(content.total_rows) })}</h3>
      <p class="hint" dir="auto">${content.location ?? ''}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('Rows of {name}', { name: content.source_name })}>
        <table class="audit">
          <thead><tr>${columns.map(([, label]) => html`<th scope="col">${label}</th>`)}</tr></thead>
          <tbody>${content.rows.map(row => html`<tr>${columns.map(([name]) => html`<td>${row[name]}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
      <div class="actions">
        <button ?disabled=${content.page <= 1} @click=${() => this.open(this.opened, content.page - 1)}>${t('Previous')}</button>
        <span>${t('Page {page} of {pages}', { page: number(content.page), pages: number(pages) })}</span>
        <button ?disabled=${content.page >= pages} @click=${() => this.open(this.opened, content.page + 1)}>${t('Next')}</button>
      </div>`;
  }
}

customElements.define('citation-list', CitationList);
