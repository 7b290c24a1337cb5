import { html } from 'lit';
import Chart from 'chart.js/auto';
import { PageElement } from '../element.js';

const COLOURS = ['#3455db', '#d9822b', '#2f9e6e', '#b8418f', '#6a5acd', '#c0392b', '#138d90', '#8d6e0b'];
const KINDS = { bar: 'bar', grouped_bar: 'bar', line: 'line', area: 'line', pie: 'pie' };

/** A chart; its figures also stand in a table, for those who do not see it or have no pointer. */
class ChartWidget extends PageElement {
  static properties = { data: {}, drill: {} };

  get series() {
    return Array.isArray(this.data.series) ? this.data.series : [];
  }

  get labels() {
    return this.series[0]?.labels ?? [];
  }

  firstUpdated() {
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.redraw = () => this.draw();
    this.scheme.addEventListener('change', this.redraw);
    window.addEventListener('theme-changed', this.redraw);
    this.draw();
  }

  disconnectedCallback() {
    this.scheme?.removeEventListener('change', this.redraw);
    window.removeEventListener('theme-changed', this.redraw);
    this.chart?.destroy();
    super.disconnectedCallback();
  }

  /** What was clicked: the label, and the series where there are several to choose from. */
  choose({ index, datasetIndex }) {
    this.drill?.([this.labels[index], this.series[datasetIndex]?.name]);
  }

  draw() {
    this.chart?.destroy();
    const ink = getComputedStyle(this).color;
    const line = getComputedStyle(this.querySelector('.chart')).borderTopColor;
    const pie = this.data.chart_type === 'pie';
    const axis = text => ({
      title: { display: true, text, color: ink }, ticks: { color: ink }, grid: { color: line },
    });
    this.chart = new Chart(this.querySelector('canvas'), {
      type: KINDS[this.data.chart_type] ?? 'bar',
      data: {
        labels: this.labels,
        datasets: this.series.map((series, index) => ({
          label: series.name,
          data: series.values,
          fill: this.data.chart_type === 'area',
          borderColor: COLOURS[index % COLOURS.length],
          backgroundColor: pie
            ? this.labels.map((_, i) => COLOURS[i % COLOURS.length])
            : COLOURS[index % COLOURS.length] + (this.data.chart_type === 'area' ? '55' : ''),
        })),
      },
      options: {
        maintainAspectRatio: false,
        animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 300 },
        plugins: { legend: { display: pie || this.series.length > 1, labels: { color: ink } } },
        scales: pie ? {} : { x: axis(this.data.x_axis_label), y: { ...axis(this.data.y_axis_label), beginAtZero: true } },
        onClick: (event, hits) => { if (hits.length) this.choose(hits[0]); },
        onHover: (event, hits) => {
          event.native.target.style.cursor = hits.length && this.drill ? 'pointer' : 'default';
        },
      },
    });
  }

  render() {
    return html`
      <h3>${this.data.title}</h3>
      <div class="chart"><canvas role="img" aria-label="${this.data.title}. The figures are in the table below."></canvas></div>
      <details class="figures">
        <summary>Figures</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="Figures of ${this.data.title}">
        <table>
          <thead><tr><th>${this.data.x_axis_label}</th>${this.series.map(series => html`<th>${series.name}</th>`)}</tr></thead>
          <tbody>
            ${this.labels.map((label, index) => html`
              <tr>
                <th scope="row">${this.drill
                  ? html`<button class="link" @click=${() => this.drill([label])}>${label}</button>` : label}</th>
                ${this.series.map(series => html`<td>${Number(series.values[index]).toLocaleString()}</td>`)}
              </tr>`)}
          </tbody>
        </table>
        </div>
      </details>`;
  }
}

customElements.define('chart-widget', ChartWidget);
