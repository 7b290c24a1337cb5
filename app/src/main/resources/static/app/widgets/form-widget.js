import { html, nothing } from 'lit';
import { PageElement } from '../element.js';
import { t } from '../language.js';

/** A form; what the server finds wrong with a field is shown beside it. */
class FormWidget extends PageElement {
  static properties = { data: {}, fieldErrors: {}, busy: { type: Boolean }, readOnly: { type: Boolean } };

  get fields() {
    return (Array.isArray(this.data.fields) ? this.data.fields : []).filter(field => field?.field_id);
  }

  /** The first field that something is wrong with is where the person goes on. */
  updated(changed) {
    if (changed.has('fieldErrors') && this.fieldErrors?.length) this.querySelector('[aria-invalid=true]')?.focus();
  }

  submit(event) {
    event.preventDefault();
    const sent = new FormData(event.target);
    const values = Object.fromEntries(
      this.fields.map(field => [field.field_id, this.value(field, sent)]).filter(([, value]) => value !== null));
    this.dispatchEvent(new CustomEvent('form-submitted', { detail: values }));
  }

  /** A field's value in the shape its type takes; null when it was left empty. */
  value(field, sent) {
    const name = field.field_id;
    switch (field.type) {
      case 'multi_select': return sent.getAll(name).length ? sent.getAll(name) : null;
      case 'checkbox': return sent.has(name);
      case 'date_range': {
        const [start, end] = [sent.get(`${name}.start`), sent.get(`${name}.end`)];
        return start || end ? { start_date: start, end_date: end } : null;
      }
      default: return sent.get(name) || null;
    }
  }

  render() {
    return html`
      <h3 dir="auto">${this.data.title ?? t('Form')}</h3>
      ${this.fields.length ? '' : html`<p class="empty">${t('There is nothing to fill in.')}</p>`}
      <form class="form" @submit=${this.submit}>
        ${this.fields.map(field => this.field(field))}
        ${this.readOnly ? nothing : html`
          <button class="primary" ?disabled=${this.busy}>${this.busy ? t('Working…') : this.data.submit_button_label ?? t('Submit')}</button>`}
      </form>`;
  }

  field(field) {
    const id = `${this.data.form_id}-${field.field_id}`;
    const error = this.fieldErrors?.find(candidate => candidate.field === field.field_id)?.message;
    const describedBy = error ? `${id}-error` : nothing;
    const message = error ? html`<p class="error" id="${id}-error">${t(error)}</p>` : nothing;
    const label = `${field.label}${field.required ? ' *' : ''}`;
    if (['multi_select', 'date_range'].includes(field.type)) {
      return html`
        <fieldset class="field" aria-describedby=${describedBy}>
          <legend>${label}</legend>
          ${field.type === 'multi_select' ? this.choices(field) : this.range(field)}
          ${message}
        </fieldset>`;
    }
    return html`
      <div class="field ${field.type === 'textarea' ? 'long' : ''}">
        <label for=${id}>${label}</label>
        ${this.input(field, id, error, describedBy)}
        ${message}
      </div>`;
  }

  choices(field) {
    const chosen = Array.isArray(field.default_value) ? field.default_value : [];
    return (field.options ?? []).map(option => html`
      <label class="choice">
        <input type="checkbox" name=${field.field_id} value=${option} ?checked=${chosen.includes(option)}> ${option}
      </label>`);
  }

  range(field) {
    return ['start', 'end'].map(end => html`
      <label class="choice">${end === 'start' ? t('From') : t('To')}
        <input type="date" name="${field.field_id}.${end}" min=${field.min ?? nothing} max=${field.max ?? nothing}>
      </label>`);
  }

  input(field, id, error, describedBy) {
    const invalid = error ? 'true' : nothing;
    if (field.type === 'select') {
      return html`
        <select id=${id} name=${field.field_id} ?required=${field.required} aria-invalid=${invalid} aria-describedby=${describedBy}>
          <option value="">${field.required ? t('Please choose') : '—'}</option>
          ${(field.options ?? []).map(option => html`
            <option value=${option} ?selected=${option === field.default_value}>${option}</option>`)}
        </select>`;
    }
    if (field.type === 'textarea') {
      return html`<textarea id=${id} name=${field.field_id} rows="3" placeholder=${field.placeholder ?? nothing}
        ?required=${field.required} aria-invalid=${invalid} aria-describedby=${describedBy}
        .value=${field.default_value ?? ''}></textarea>`;
    }
    if (field.type === 'checkbox') {
      return html`<input id=${id} class="tick" type="checkbox" name=${field.field_id} ?checked=${field.default_value === true}
        ?required=${field.required} aria-invalid=${invalid} aria-describedby=${describedBy}>`;
    }
    const type = { number: 'number', date: 'date' }[field.type] ?? 'text';
    return html`
      <input id=${id} name=${field.field_id} type=${type} step=${type === 'number' ? 'any' : nothing}
        min=${field.min ?? nothing} max=${field.max ?? nothing}
        placeholder=${field.placeholder ?? nothing} value=${field.default_value ?? nothing}
        ?required=${field.required} aria-invalid=${invalid} aria-describedby=${describedBy}>`;
  }
}

customElements.define('form-widget', FormWidget);
