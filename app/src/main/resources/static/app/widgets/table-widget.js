import { html } from 'lit';
import { TabulatorFull as Tabulator } from 'tabulator';
import { PageElement } from '../element.js';

const NUMBER_TYPES = ['number', 'currency'];

/** A table, sorted by its headings and filtered under them; a row leads deeper where that is permitted. */
class TableWidget extends PageElement {
  static properties = { data: {}, drill: {} };

  firstUpdated() {
    const columns = (this.data.columns ?? []).map(column => ({
      title: column.label,
      field: column.key,
      headerSort: column.sortable,
      headerFilter: column.filterable ? 'input' : false,
      headerFilterParams: { elementAttributes: { 'aria-label': `Filter ${column.label}` } },
      hozAlign: NUMBER_TYPES.includes(column.type) ? 'right' : 'left',
      headerHozAlign: NUMBER_TYPES.includes(column.type) ? 'right' : 'left',
      sorter: NUMBER_TYPES.includes(column.type) ? 'number' : 'string',
      formatter: cell => this.written(cell.getValue(), column.type),
      minWidth: 110,
    }));
    if (this.drill) columns.push(this.drillColumn());
    this.table = new Tabulator(this.querySelector('.grid'), {
      data: this.data.rows ?? [],
      columns,
      layout: 'fitColumns',
      maxHeight: 420,
      placeholder: 'No rows.',
    });
  }

  drillColumn() {
    const first = this.data.columns[0];
    return {
      title: 'Details',
      headerSort: false,
      width: 100,
      formatter: cell => {
        const item = cell.getRow().getData()[first.key];
        const button = document.createElement('button');
        button.className = 'link';
        button.textContent = 'Open';
        button.setAttribute('aria-label', `Details for ${item}`);
        button.addEventListener('click', () => this.drill(String(item)));
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
    const shown = this.data.rows?.length ?? 0;
    const total = this.data.total_rows ?? shown;
    return html`
      <h3>${this.data.title}</h3>
      <div class="grid"></div>
      <p class="hint">${shown < total ? `The first ${shown} of ${total.toLocaleString()} rows.` : `${shown} rows.`}</p>`;
  }
}

customElements.define('table-widget', TableWidget);
