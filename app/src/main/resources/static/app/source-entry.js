import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { number, t } from './language.js';

const ROLES = { text: ['dimension', 'none'], boolean: ['dimension', 'none'], number: ['measure', 'dimension', 'none'], date: ['time', 'dimension', 'none'] };
const READERS = ['viewer', 'analyst', 'manager', 'data_exporter'];

/** A source's catalogue entry: what its columns are called and good for, and who may read it. */
class SourceEntry extends PageElement {
  static properties = { source: {}, error: { state: true }, message: { state: true } };

  async save(event) {
    event.preventDefault();
    const fields = new FormData(event.target);
    const tables = (this.source.tables ?? []).map((table, place) => ({
      ...table,
      title: fields.get(`title-${place}`),
      synonyms: words(fields.get(`synonyms-${place}`)),
      columns: table.columns.map((column, c) => changed(column, {
        label: fields.get(`label-${place}-${c}`),
        role: fields.get(`role-${place}-${c}`),
        aggregate: fields.get(`aggregate-${place}-${c}`),
        synonyms: words(fields.get(`synonyms-${place}-${c}`)),
      })),
    }));
    const permissions = READERS.filter(permission => fields.get(`reader-${permission}`));
    const access = { ...this.source.access, permissions: permissions.length ? permissions : ['admin'] };
    this.error = null;
    this.message = null;
    try {
      await call('PUT', `/api/sources/${this.source.source_id}`, { name: fields.get('name'), tables, access });
      this.message = t('Saved.');
      this.dispatchEvent(new Event('source-changed'));
    } catch (failure) {
      this.error = failure.message;
    }
  }

  render() {
    const { source } = this;
    const fixed = !source.may_change;
    return html`
      <form @submit=${this.save}>
        <fieldset ?disabled=${fixed} class="field">
          <label>${t('Name')} <input name="name" .value=${source.name} maxlength="120" required></label>
          ${(source.tables ?? []).map((table, place) => this.table(table, place))}
          ${source.access ? html`
            <fieldset class="field"><legend>${t('Who may ask about it, beside its owner and administrators')}</legend>
              ${READERS.map(permission => html`
                <label class="choice"><input type="checkbox" name="reader-${permission}"
                  .checked=${source.access.permissions.includes(permission)}> ${t(permission.replace('_', ' '))}</label>`)}
            </fieldset>` : ''}
        </fieldset>
        ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
        ${this.message ? html`<p class="done" role="status">${this.message}</p>` : ''}
        ${fixed ? '' : html`<button class="primary">${t('Save')}</button>`}
      </form>`;
  }

  table(table, place) {
    return html`
      <div class="field">
        <label>${t('Table')} <input name="title-${place}" .value=${table.title} maxlength="120" required></label>
        <label>${t('Also called')} <input name="synonyms-${place}" .value=${table.synonyms.join(', ')}></label>
        <p class="hint">${table.sheet ? `${table.sheet}!` : ''}${table.cells} · ${t('{count} rows', { count: number(table.rows) })}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=${t('Columns of {table}', { table: table.title })}>
          <table class="audit">
            <thead><tr>${['Column', 'Label', 'Holds', 'Good for', 'Together', 'Also called'].map(heading => html`<th scope="col">${t(heading)}</th>`)}</tr></thead>
            <tbody>${table.columns.map((column, c) => html`
              <tr>
                <td>${column.letter}</td>
                <td><input name="label-${place}-${c}" aria-label=${t('Label of {column}', { column: column.label })} .value=${column.label} maxlength="120" required></td>
                <td>${t(column.type)}</td>
                <td><select name="role-${place}-${c}" aria-label=${t('Good for, {column}', { column: column.label })}>
                  ${ROLES[column.type].map(role => html`<option value=${role} ?selected=${role === column.role}>${t(role)}</option>`)}</select></td>
                <td>${column.type === 'number' ? html`
                  <select name="aggregate-${place}-${c}" aria-label=${t('Together, {column}', { column: column.label })}>
                    <option value="sum" ?selected=${column.aggregate !== 'avg'}>${t('sum')}</option>
                    <option value="avg" ?selected=${column.aggregate === 'avg'}>${t('average')}</option></select>` : ''}</td>
                <td><input name="synonyms-${place}-${c}" aria-label=${t('Other words for {column}', { column: column.label })} .value=${column.synonyms.join(', ')}></td>
              </tr>`)}
            </tbody>
          </table>
        </div>
      </div>`;
  }
}

function words(text) {
  return String(text ?? '').split(',').map(word => word.trim()).filter(Boolean);
}

function changed(column, { label, role, aggregate, synonyms }) {
  const { aggregate: before, ...rest } = column;
  return { ...rest, label, role, synonyms, ...(role === 'measure' ? { aggregate: aggregate ?? before ?? 'sum' } : {}) };
}

customElements.define('source-entry', SourceEntry);
