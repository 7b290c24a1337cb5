import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';

/** The sources of an answer; each opens the very rows or the passage it was made from. */
class CitationList extends PageElement {
  static properties = {
    citations: {}, path: {}, readOnly: { type: Boolean }, opened: { state: true }, content: { state: true },
    error: { state: true },
  };

  async open(number, page = 1) {
    if (this.opened === number && page === 1 && this.content) {
      this.opened = null;
      this.content = null;
      return;
    }
    this.opened = number;
    this.error = null;
    if (page === 1) this.content = null;
    try {
      const content = await call('GET', `${this.path}/citations/${number}?page=${page}`);
      if (this.opened === number) this.content = content;
    } catch (failure) {
      this.error = failure.message;
    }
  }

  render() {
    return html`
      <ul class="citations" aria-label="Sources">
        ${this.citations.map((citation, number) => html`
          <li>
            <details>
              <summary>${citation.source_name} <span class="hint">${Math.round(citation.confidence * 100)} %</span></summary>
              <p>${citation.snippet}</p>
              <p class="hint">${citation.location ?? ''}</p>
              ${this.readOnly ? '' : html`
                <button aria-expanded=${this.opened === number} @click=${() => this.open(number)}>
                  ${this.opened === number ? 'Close' : citation.page ? 'Open the passage' : 'Open what was read'}</button>`}
            </details>
          </li>`)}
      </ul>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
      ${this.opened !== undefined && this.opened !== null && this.content ? this.shown() : ''}`;
  }

  shown() {
    const { content } = this;
    return html`
      <section class="widget cited" aria-label="Source ${content.source_name}">
        ${content.type === 'passage' ? this.passage(content) : this.rows(content)}
      </section>`;
  }

  passage(content) {
    return html`
      <h3>${content.source_name}</h3>
      <p class="hint">${content.filename}${content.page ? `, page ${content.page}` : ''}${content.heading ? `, "${content.heading}"` : ''}</p>
      <blockquote>${content.content}</blockquote>`;
  }

  rows(content) {
    const columns = Object.entries(content.columns);
    const pages = Math.max(1, Math.ceil(content.total_rows / content.page_size));
    return html`
      <h3>${content.source_name}: ${content.total_rows.toLocaleString()} rows</h3>
      <p class="hint">${content.location ?? ''}</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Rows of ${content.source_name}">
        <table class="audit">
          <thead><tr>${columns.map(([, label]) => html`<th scope="col">${label}</th>`)}</tr></thead>
          <tbody>${content.rows.map(row => html`<tr>${columns.map(([name]) => html`<td>${row[name]}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
      <div class="actions">
        <button ?disabled=${content.page <= 1} @click=${() => this.open(this.opened, content.page - 1)}>Previous</button>
        <span>Page ${content.page} of ${pages.toLocaleString()}</span>
        <button ?disabled=${content.page >= pages} @click=${() => this.open(this.opened, content.page + 1)}>Next</button>
      </div>`;
  }
}

customElements.define('citation-list', CitationList);
