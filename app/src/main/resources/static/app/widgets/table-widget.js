import { html } from 'lit';
import { TabulatorFull as Tabulator } from 'tabulator';
import { PageElement } from '../element.js';

const NUMBER_TYPES = ['number', 'currency'];

/**
 * A table, sorted by its headings and filtered under them; a row leads deeper where that is permitted. Rows that did not
 * come with the widget are fetched page by page, sorted and filtered by the server.
 */
class TableWidget extends PageElement {
  static properties = { data: {}, drill: {}, fetchPage: {}, total: { state: true }, error: { state: true } };

  firstUpdated() {
    this.total = this.data.total_rows ?? this.data.rows?.length ?? 0;
    const columns = (this.data.columns ?? []).map(column => this.column(column));
    if (this.drill) columns.push(this.drillColumn());
    this.table = new Tabulator(this.querySelector('.grid'), {
      columns,
      layout: 'fitColumns',
      maxHeight: 420,
      placeholder: 'No rows.',
      ...(this.fetchPage ? this.remote() : { data: this.data.rows ?? [] }),
    });
  }

  column(column) {
    const figure = NUMBER_TYPES.includes(column.type);
    return {
      title: column.label,
      field: column.key,
      headerSort: column.sortable,
      headerFilter: column.filterable ? 'input' : false,
      headerFilterParams: { elementAttributes: { 'aria-label': `Filter ${column.label}` } },
      hozAlign: figure ? 'right' : 'left',
      headerHozAlign: figure ? 'right' : 'left',
      sorter: figure ? 'number' : 'string',
      formatter: cell => this.written(cell.getValue(), column.type),
      minWidth: 110,
    };
  }

  remote() {
    return {
      pagination: true,
      paginationMode: 'remote',
      sortMode: 'remote',
      filterMode: 'remote',
      paginationSize: 200,
      ajaxURL: 'page',
      ajaxRequestFunc: (url, config, params) => this.page(params),
    };
  }

  async page({ page = 1, sort = [], filter = [] }) {
    if (page === 1 && sort.length === 0 && filter.length === 0) {
      this.total = this.data.total_rows;
      return { last_page: Math.ceil(this.total / 200), data: this.data.rows ?? [] };
    }
    const asked = { page };
    if (sort.length) asked.sort = { field: sort[0].field, descending: sort[0].dir === 'desc' };
    if (filter.length) asked.filters = Object.fromEntries(filter.map(({ field, value }) => [field, String(value)]));
    const found = await this.fetchPage(asked);
    this.total = found.total_rows;
    return { last_page: Math.max(1, Math.ceil(found.total_rows / found.page_size)), data: found.rows };
  }

  drillColumn() {
    return {
      title: 'Details',
      headerSort: false,
      width: 100,
      formatter: cell => {
        const row = cell.getRow().getData();
        const button = document.createElement('button');
        button.className = 'link';
        button.textContent = 'Open';
        button.setAttribute('aria-label', `Details for ${row[this.data.columns[0].key]}`);
        button.addEventListener('click', () => this.drill(row));
        return button;
      },
    };
  }

  written(value, type) {
    const element = document.createElement('span');
    element.textContent = NUMBER_TYPES.includes(type) && value !== null
      ? Number(value).toLocaleString(undefined, { maximumFractionDigits: 2 }) : String(value ?? '');
    return element;
  }

  disconnectedCallback() {
    this.table?.destroy();
    super.disconnectedCallback();
  }

  render() {
    return html`
      <h3>${this.data.title}</h3>
      <div class="grid"></div>
      <p class="hint">${(this.total ?? 0).toLocaleString()} rows.</p>`;
  }
}

customElements.define('table-widget', TableWidget);
