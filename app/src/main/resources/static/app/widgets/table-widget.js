import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from '../element.js';
import { date, number, t } from '../language.js';

const NUMBER_TYPES = ['number', 'currency'];
const PAGE = 50;
const TYPING = 250;

/**
 * A table, sorted by its headings and filtered under them; a row leads deeper where that is permitted. Rows that did not
 * come with the widget are fetched page by page, sorted and filtered by the server.
 */
class TableWidget extends PageElement {
  static properties = {
    data: {}, drill: {}, fetchPage: {}, sort: { state: true }, page: { state: true }, filters: { state: true },
    fetched: { state: true }, loading: { state: true }, error: { state: true },
  };

  constructor() {
    super();
    this.page = 1;
    this.filters = {};
  }

  disconnectedCallback() {
    clearTimeout(this.typing);
    super.disconnectedCallback();
  }

  get columns() {
    return (Array.isArray(this.data.columns) ? this.data.columns : []).filter(column => column?.key);
  }

  get rows() {
    return (Array.isArray(this.data.rows) ? this.data.rows : []).filter(Boolean);
  }

  /** The rows that are shown, how many there are in all, and how many a page has. */
  get shown() {
    if (this.fetched) return this.fetched;
    if (this.fetchPage) return { rows: this.rows, total: this.data.total_rows ?? this.rows.length, size: this.rows.length };
    const rows = this.sorted(this.rows.filter(row => this.passes(row)));
    return { rows: rows.slice((this.page - 1) * PAGE, this.page * PAGE), total: rows.length, size: PAGE };
  }

  passes(row) {
    return Object.entries(this.filters).every(([key, text]) =>
      !text || String(row[key] ?? '').toLowerCase().includes(text.toLowerCase()));
  }

  sorted(rows) {
    if (!this.sort) return rows;
    const { field, descending } = this.sort;
    const figure = NUMBER_TYPES.includes(this.columns.find(column => column.key === field)?.type);
    const order = figure
      ? (a, b) => Number(a[field]) - Number(b[field])
      : (a, b) => String(a[field] ?? '').localeCompare(String(b[field] ?? ''));
    return rows.toSorted((a, b) => (descending ? order(b, a) : order(a, b)));
  }

  sortBy(column) {
    this.sort = { field: column.key, descending: this.sort?.field === column.key && !this.sort.descending };
    this.turnTo(1);
  }

  filter(column, text) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.filters = { ...this.filters, [column.key]: text.trim() };
      this.turnTo(1);
    }, TYPING);
  }

  /** Turns to a page; of several requests under way the last one counts. */
  async turnTo(page) {
    this.page = page;
    if (!this.fetchPage) return;
    const filters = Object.fromEntries(Object.entries(this.filters).filter(([, text]) => text));
    const asked = { page, ...(this.sort && { sort: this.sort }), ...(Object.keys(filters).length && { filters }) };
    this.asked = asked;
    this.loading = true;
    try {
      const found = await this.fetchPage(asked);
      if (this.asked !== asked) return;
      this.fetched = { rows: found.rows, total: found.total_rows, size: found.page_size };
      this.error = null;
    } catch (failure) {
      if (this.asked === asked) this.error = failure.message;
    } finally {
      if (this.asked === asked) this.loading = false;
    }
  }

  written(value, type) {
    if (value === null || value === undefined) return '';
    if (NUMBER_TYPES.includes(type)) return number(value, { maximumFractionDigits: 2 });
    return type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? date(`${value}T12:00:00`) : String(value);
  }

  render() {
    const { rows, total, size } = this.shown;
    const pages = Math.max(1, Math.ceil(total / (size || 1)));
    return html`
      <h3 dir="auto">${this.data.title ?? t('Table')}</h3>
      ${this.columns.length ? html`
        <div class="scroll rows" tabindex="0" role="region" aria-label=${t('Rows of {name}', { name: this.data.title ?? '' })}
          aria-busy=${Boolean(this.loading)}>${this.table(rows)}</div>` : ''}
      ${rows.length ? '' : html`<p class="empty">${t('There are no rows.')}</p>`}
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      <div class="pager">
        <p class="hint" role="status">${this.loading ? t('Loading…') : t('{count} rows.', { count: number(total) })}</p>
        ${pages > 1 ? html`
          <button ?disabled=${this.page <= 1} @click=${() => this.turnTo(this.page - 1)}>${t('Previous Page')}</button>
          <span>${t('Page {page} of {pages}', { page: number(this.page), pages: number(pages) })}</span>
          <button ?disabled=${this.page >= pages} @click=${() => this.turnTo(this.page + 1)}>${t('Next Page')}</button>` : ''}
      </div>`;
  }

  table(rows) {
    return html`
      <table>
        <thead>
          <tr>${this.columns.map(column => this.heading(column))}${this.drill ? html`<th scope="col">${t('Details')}</th>` : ''}</tr>
          ${this.columns.some(column => column.filterable) ? html`
            <tr>${this.columns.map(column => html`<td>${column.filterable ? html`
              <input type="search" aria-label=${t('Filter {column}', { column: column.label })}
                @input=${event => this.filter(column, event.target.value)}>` : ''}</td>`)}${this.drill ? html`<td></td>` : ''}</tr>` : ''}
        </thead>
        <tbody>${repeat(rows, row => html`
          <tr>${this.columns.map(({ key, type }) => html`
            <td class=${NUMBER_TYPES.includes(type) ? 'figure' : ''}><bdi>${this.written(row[key], type)}</bdi></td>`)}
            ${this.drill ? html`<td><button class="link" @click=${() => this.drill(row)}>${t('Open')}
              <span class="visually-hidden">${t('Details for {name}', { name: row[this.columns[0].key] })}</span></button></td>` : ''}</tr>`)}
        </tbody>
      </table>`;
  }

  heading(column) {
    const direction = this.sort?.field === column.key ? (this.sort.descending ? 'descending' : 'ascending') : 'none';
    const label = html`<bdi>${column.label ?? column.key}</bdi>`;
    const mark = { ascending: '▲', descending: '▼', none: '' }[direction];
    return html`
      <th scope="col" class=${NUMBER_TYPES.includes(column.type) ? 'figure' : ''} aria-sort=${direction}>
        ${column.sortable ? html`<button class="quiet" @click=${() => this.sortBy(column)}>${label}
          <span aria-hidden="true">${mark}</span></button>` : label}</th>`;
  }
}

customElements.define('table-widget', TableWidget);
