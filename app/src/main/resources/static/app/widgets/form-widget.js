import { html, nothing } from 'lit';
import { PageElement } from '../element.js';

/** A form; what the server finds wrong with a field is shown beside it. */
class FormWidget extends PageElement {
  static properties = { data: {}, fieldErrors: {}, busy: { type: Boolean }, readOnly: { type: Boolean } };

  submit(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    this.dispatchEvent(new CustomEvent('form-submitted', { detail: values }));
  }

  render() {
    return html`
      <h3>${this.data.title ?? 'Form'}</h3>
      <form class="form" @submit=${this.submit}>
        ${(this.data.fields ?? []).map(field => this.field(field))}
        ${this.readOnly ? nothing : html`
          <button class="primary" ?disabled=${this.busy}>${this.data.submit_button_label ?? 'Submit'}</button>`}
      </form>`;
  }

  field(field) {
    const id = `${this.data.form_id}-${field.field_id}`;
    const error = this.fieldErrors?.find(candidate => candidate.field === field.field_id)?.message;
    return html`
      <div class="field">
        <label for=${id}>${field.label}${field.required ? ' *' : ''}</label>
        ${this.input(field, id, error)}
        ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
      </div>`;
  }

  input(field, id, error) {
    const describedBy = error ? `${id}-error` : nothing;
    if (field.type === 'select') {
      return html`
        <select id=${id} name=${field.field_id} ?required=${field.required} aria-describedby=${describedBy}>
          <option value="">Any</option>
          ${(field.options ?? []).map(option => html`
            <option value=${option} ?selected=${option === field.default_value}>${option}</option>`)}
        </select>`;
    }
    return html`
      <input id=${id} name=${field.field_id} type=${field.type === 'number' ? 'number' : 'text'} step="any"
        placeholder=${field.placeholder ?? nothing} value=${field.default_value ?? nothing}
        ?required=${field.required} aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy}>`;
  }
}

customElements.define('form-widget', FormWidget);
