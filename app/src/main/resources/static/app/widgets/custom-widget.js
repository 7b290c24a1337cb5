import { html } from 'lit';
import { PageElement } from '../element.js';
import { number, t } from '../language.js';

/** A widget of a registered kind: a heat map, or questions to choose from; of another kind it shows what it says. */
class CustomWidget extends PageElement {
  static properties = { data: {}, drill: {}, readOnly: { type: Boolean } };

  render() {
    const payload = this.data.payload ?? {};
    return html`
      <h3 dir="auto">${this.data.title ?? this.data.kind ?? t('Widget')}</h3>
      ${this.shown(payload)}`;
  }

  shown(payload) {
    switch (this.data.kind) {
      case 'heatmap': return this.heatmap(payload);
      case 'choices': return this.choices(payload);
      default: return html`
        <details><summary>${t('Content')}</summary><pre>${JSON.stringify(payload, null, 2)}</pre></details>`;
    }
  }

  choices(payload) {
    const options = (Array.isArray(payload.options) ? payload.options : []).filter(Boolean);
    if (!options.length) return html`<p class="empty">${t('There is nothing to choose from.')}</p>`;
    return html`
      <div class="choices">
        ${options.map(option => html`<button ?disabled=${this.readOnly} @click=${() => this.choose(option)}>${option.label}</button>`)}
      </div>`;
  }

  choose({ ask }) {
    this.dispatchEvent(new CustomEvent('question-chosen', { detail: String(ask), bubbles: true }));
  }

  heatmap(payload) {
    const rows = (Array.isArray(payload.values) ? payload.values : []).filter(Array.isArray);
    if (!rows.length) return html`<p class="empty">${t('There is no data to show.')}</p>`;
    const figures = rows.flat().map(Number).filter(Number.isFinite);
    const [least, most] = [Math.min(...figures), Math.max(...figures)];
    const share = value => (most === least ? 50 : Math.round(10 + (70 * (value - least)) / (most - least)));
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${t('Heat map of {title}', { title: this.data.title ?? '' })}>
        <table class="heatmap">
          <caption>${t('{figure} by {rows} and {columns}', { figure: payload.value_label, rows: payload.y_axis_label, columns: payload.x_axis_label })}</caption>
          <thead><tr><td></td>${(payload.x_labels ?? []).map(label => html`<th scope="col">${label}</th>`)}</tr></thead>
          <tbody>
            ${rows.map((row, y) => html`
              <tr>
                <th scope="row">${payload.y_labels?.[y]}</th>
                ${row.map((value, x) => html`
                  <td .style=${`--share: ${share(Number(value))}%`}>${this.cell(payload, Number(value), x, y)}</td>`)}
              </tr>`)}
          </tbody>
        </table>
      </div>`;
  }

  cell(payload, value, x, y) {
    const written = number(value, { maximumFractionDigits: 0 });
    const [column, row] = [payload.x_labels?.[x], payload.y_labels?.[y]];
    return this.drill
      ? html`<button class="link" aria-label=${t('{row}, {column}: {figure}. Details', { row, column, figure: written })}
          @click=${() => this.drill([column, row])}>${written}</button>`
      : written;
  }
}

customElements.define('custom-widget', CustomWidget);
