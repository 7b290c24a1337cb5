import { html } from 'lit';
import Chart from 'chart.js/auto';
import { PageElement } from '../element.js';
import { isRightToLeft, number, numberLocale, t } from '../language.js';

const COLOURS = ['#3455db', '#d9822b', '#2f9e6e', '#b8418f', '#6a5acd', '#c0392b', '#138d90', '#8d6e0b'];
const KINDS = { bar: 'bar', grouped_bar: 'bar', line: 'line', area: 'line', pie: 'pie' };

const colour = index => COLOURS[index % COLOURS.length];

/** A chart; its figures also stand in a table, for those who do not see it or have no pointer. */
class ChartWidget extends PageElement {
  static properties = { data: {}, drill: {}, off: { state: true } };

  constructor() {
    super();
    this.off = new Set();
    this.redraw = () => this.draw();
  }

  get series() {
    const series = Array.isArray(this.data.series) ? this.data.series : [];
    return series.filter(each => Array.isArray(each?.values));
  }

  get labels() {
    return this.series[0]?.labels ?? [];
  }

  get isPie() {
    return this.data.chart_type === 'pie';
  }

  /** What the legend names: the slices of a pie, the series of any other chart. */
  get parts() {
    return this.isPie ? this.labels : this.series.map(series => series.name);
  }

  connectedCallback() {
    super.connectedCallback();
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.scheme.addEventListener('change', this.redraw);
    window.addEventListener('preferences-changed', this.redraw);
  }

  firstUpdated() {
    this.draw();
  }

  disconnectedCallback() {
    this.scheme.removeEventListener('change', this.redraw);
    window.removeEventListener('preferences-changed', this.redraw);
    this.chart?.destroy();
    super.disconnectedCallback();
  }

  /** What was clicked: the label, and the series where there are several to choose from. */
  choose({ index, datasetIndex }) {
    this.drill?.([this.labels[index], this.series[datasetIndex]?.name]);
  }

  toggle(index) {
    const off = new Set(this.off);
    if (!off.delete(index)) off.add(index);
    this.off = off;
    if (this.isPie) this.chart.toggleDataVisibility(index);
    else this.chart.setDatasetVisibility(index, !off.has(index));
    this.chart.update();
  }

  draw() {
    this.chart?.destroy();
    const canvas = this.querySelector('canvas');
    if (!canvas) return;
    this.chart = new Chart(canvas, {
      type: KINDS[this.data.chart_type] ?? 'bar',
      data: { labels: this.labels, datasets: this.series.map((series, index) => this.dataset(series, index)) },
      options: this.options(getComputedStyle(this).color, getComputedStyle(this.querySelector('.chart')).borderTopColor),
    });
    if (this.isPie) this.off.forEach(index => this.chart.toggleDataVisibility(index));
    this.chart.update('none');
  }

  dataset(series, index) {
    const area = this.data.chart_type === 'area';
    return {
      label: series.name,
      data: series.values.map(Number),
      fill: area,
      hidden: !this.isPie && this.off.has(index),
      borderColor: this.isPie ? undefined : colour(index),
      backgroundColor: this.isPie ? this.labels.map((_, i) => colour(i)) : colour(index) + (area ? '55' : ''),
    };
  }

  options(ink, line) {
    const axis = text => ({
      title: { display: Boolean(text), text, color: ink }, ticks: { color: ink }, grid: { color: line },
    });
    return {
      maintainAspectRatio: false,
      locale: numberLocale(),
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 300 },
      plugins: { legend: { display: false }, tooltip: { rtl: isRightToLeft() } },
      scales: this.isPie ? {} : { x: axis(this.data.x_axis_label), y: { ...axis(this.data.y_axis_label), beginAtZero: true } },
      onClick: (event, hits) => { if (hits.length) this.choose(hits[0]); },
      onHover: (event, hits) => {
        event.native.target.style.cursor = hits.length && this.drill ? 'pointer' : 'default';
      },
    };
  }

  render() {
    if (!this.series.length || !this.labels.length) {
      return html`<h3 dir="auto">${this.data.title}</h3><p class="empty">${t('There is no data to show.')}</p>`;
    }
    return html`
      <h3 dir="auto">${this.data.title}</h3>
      ${this.parts.length > 1 && (this.isPie || this.series.length > 1) ? this.legend() : ''}
      <div class="chart"><canvas role="img"
        aria-label=${t('{title}. The figures are in the table below.', { title: this.data.title ?? t('Chart') })}></canvas></div>
      <details class="figures">
        <summary>${t('Figures')}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${t('Figures of {title}', { title: this.data.title ?? '' })}>
          ${this.figures()}
        </div>
      </details>`;
  }

  legend() {
    return html`
      <ul class="legend" aria-label=${t('Legend')}>
        ${this.parts.map((part, index) => html`
          <li><button aria-pressed=${!this.off.has(index)} @click=${() => this.toggle(index)}>
            <span class="swatch" .style=${`background: ${colour(index)}`}></span>${part}</button></li>`)}
      </ul>`;
  }

  figures() {
    return html`
      <table>
        <thead><tr><th scope="col">${this.data.x_axis_label}</th>${this.series.map(series => html`<th scope="col">${series.name}</th>`)}</tr></thead>
        <tbody>
          ${this.labels.map((label, index) => html`
            <tr>
              <th scope="row">${this.drill
                ? html`<button class="link" @click=${() => this.drill([label])}>${label}</button>` : label}</th>
              ${this.series.map(series => html`<td>${number(series.values[index])}</td>`)}
            </tr>`)}
        </tbody>
      </table>`;
  }
}

customElements.define('chart-widget', ChartWidget);
