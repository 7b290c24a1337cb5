import { html } from 'lit';
import { PageElement } from './element.js';
import { t } from './language.js';

const KNOWN = ['region', 'product', 'channel', 'state', 'city', 'segment', 'start_date', 'end_date'];

/** What later answers are restricted to: each filter can be taken away, and another added. */
class FilterBar extends PageElement {
  static properties = { state: {}, readOnly: { type: Boolean } };

  change(event, data) {
    this.dispatchEvent(new CustomEvent('state-changed', { detail: { event, data } }));
  }

  get chips() {
    const filters = Object.entries(this.state.active_filters ?? {}).map(([key, value]) => ({
      text: `${key.replaceAll('_', ' ')}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
      remove: () => this.change('filter_update', { key, value: null }),
    }));
    const days = this.state.selected_date_range;
    if (days) {
      filters.push({
        text: t('{start} to {end}', { start: days.start_date, end: days.end_date }),
        remove: () => this.change('date_range_update', { value: null }),
      });
    }
    const sources = this.state.active_data_sources ?? [];
    if (sources.length) {
      filters.push({
        text: t('sources: {names}', { names: sources.join(', ') }),
        remove: () => this.change('sources_update', { value: [] }),
      });
    }
    return filters;
  }

  add(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const values = String(form.get('value')).split(',').map(value => value.trim()).filter(Boolean);
    const key = String(form.get('key')).trim();
    if (!key || !values.length) return;
    this.change('filter_update', { key, value: values.length === 1 ? values[0] : values });
    event.target.reset();
  }

  render() {
    return html`
      <div class="filter-bar" role="group" aria-label=${t('Active filters')}>
        ${this.chips.map(chip => html`
          <span class="chip"><bdi>${chip.text}</bdi>
            ${this.readOnly ? '' : html`<button class="quiet" aria-label=${t('Remove the filter {text}', { text: chip.text })} @click=${chip.remove}>×</button>`}
          </span>`)}
        ${this.readOnly ? '' : html`
          <details>
            <summary>${t('Add a filter')}</summary>
            <form @submit=${this.add}>
              <label>${t('What')} <input name="key" list="filter-keys" autocomplete="off" required></label>
              <label>${t('Values')} <input name="value" autocomplete="off" placeholder="North, South" required></label>
              <button>${t('Add')}</button>
            </form>
            <datalist id="filter-keys">${KNOWN.map(key => html`<option value=${key}></option>`)}</datalist>
          </details>`}
      </div>`;
  }
}

customElements.define('filter-bar', FilterBar);
