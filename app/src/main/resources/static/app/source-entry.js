import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';

const ROLES = { text: ['dimension', 'none'], boolean: ['dimension', 'none'], number: ['measure', 'dimension', 'none'], date: ['time', 'dimension', 'none'] };
const READERS = ['viewer', 'analyst', 'manager', 'data_exporter'];

/** A source's catalogue entry: what its columns are called and good for, and who may read it. */
class SourceEntry extends PageElement {
  static properties = { source: {}, error: { state: true }, message: { state: true } };

  async save(event) {
    event.preventDefault();
    const fields = new FormData(event.target);
    const tables = (this.source.tables ?? []).map((table, t) => ({
      ...table,
      title: fields.get(`title-${t}`),
      synonyms: words(fields.get(`synonyms-${t}`)),
      columns: table.columns.map((column, c) => changed(column, {
        label: fields.get(`label-${t}-${c}`),
        role: fields.get(`role-${t}-${c}`),
        aggregate: fields.get(`aggregate-${t}-${c}`),
        synonyms: words(fields.get(`synonyms-${t}-${c}`)),
      })),
    }));
    const permissions = READERS.filter(permission => fields.get(`reader-${permission}`));
    const access = { ...this.source.access, permissions: permissions.length ? permissions : ['admin'] };
    this.error = null;
    this.message = null;
    try {
      await call('PUT', `/api/sources/${this.source.source_id}`, { name: fields.get('name'), tables, access });
      this.message = 'Saved.';
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
          <label>Name <input name="name" .value=${source.name} maxlength="120" required></label>
          ${(source.tables ?? []).map((table, t) => this.table(table, t))}
          ${source.access ? html`
            <fieldset class="field"><legend>Who may ask about it, beside its owner and administrators</legend>
              ${READERS.map(permission => html`
                <label class="choice"><input type="checkbox" name="reader-${permission}"
                  .checked=${source.access.permissions.includes(permission)}> ${permission.replace('_', ' ')}</label>`)}
            </fieldset>` : ''}
        </fieldset>
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
        ${this.message ? html`<p class="done" role="status">${this.message}</p>` : ''}
        ${fixed ? '' : html`<button class="primary">Save</button>`}
      </form>`;
  }

  table(table, t) {
    return html`
      <div class="field">
        <label>Table <input name="title-${t}" .value=${table.title} maxlength="120" required></label>
        <label>Also called <input name="synonyms-${t}" .value=${table.synonyms.join(', ')}></label>
        <p class="hint">${table.sheet ? `${table.sheet}!` : ''}${table.cells} · ${table.rows.toLocaleString()} rows</p>
        <div class="scroll" tabindex="0" role="region" aria-label="Columns of ${table.title}">
          <table class="audit">
            <thead><tr><th>Column</th><th>Label</th><th>Holds</th><th>Good for</th><th>Together</th><th>Also called</th></tr></thead>
            <tbody>${table.columns.map((column, c) => html`
              <tr>
                <td>${column.letter}</td>
                <td><input name="label-${t}-${c}" aria-label="Label of ${column.label}" .value=${column.label} maxlength="120" required></td>
                <td>${column.type}</td>
                <td><select name="role-${t}-${c}" aria-label="Good for, ${column.label}">
                  ${ROLES[column.type].map(role => html`<option value=${role} ?selected=${role === column.role}>${role}</option>`)}</select></td>
                <td>${column.type === 'number' ? html`
                  <select name="aggregate-${t}-${c}" aria-label="Together, ${column.label}">
                    <option value="sum" ?selected=${column.aggregate !== 'avg'}>sum</option>
                    <option value="avg" ?selected=${column.aggregate === 'avg'}>average</option></select>` : ''}</td>
                <td><input name="synonyms-${t}-${c}" aria-label="Other words for ${column.label}" .value=${column.synonyms.join(', ')}></td>
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
