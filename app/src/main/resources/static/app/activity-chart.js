import { html } from 'lit';
import Chart from 'chart.js/auto';
import { PageElement } from './element.js';
import { call } from './api.js';
import { date, dateTime, isRightToLeft, number, numberLocale, t } from './language.js';

const KINDS = { ok: ['done', '#2f9e6e'], denied: ['refused', '#c0392b'], failed: ['failed', '#d9822b'] };

/** How much happened over time, and how much of it was refused or failed. */
class ActivityChart extends PageElement {
  static properties = { query: {}, activity: { state: true } };

  willUpdate(changed) {
    if (changed.has('query')) this.load();
  }

  disconnectedCallback() {
    this.chart?.destroy();
    super.disconnectedCallback();
  }

  async load() {
    const query = this.query;
    try {
      const activity = await call('GET', `/api/audit/activity?${query}`);
      if (query === this.query) this.activity = activity;
    } catch {
      this.activity = null; // The table beside it says what is wrong.
    }
  }

  updated(changed) {
    if (changed.has('activity') && this.activity) this.draw();
  }

  label(at) {
    return this.activity.step < 86400 ? dateTime(at) : date(at);
  }

  draw() {
    this.chart?.destroy();
    const canvas = this.querySelector('canvas');
    if (!canvas) return;
    const ink = getComputedStyle(this).color;
    const spans = this.activity.spans;
    this.chart = new Chart(canvas, {
      type: 'bar',
      data: {
        labels: spans.map(span => this.label(span.at)),
        datasets: Object.entries(KINDS).map(([kind, [label, colour]]) => ({
          label: t(label), data: spans.map(span => span[kind]), backgroundColor: colour, maxBarThickness: 40,
        })),
      },
      options: {
        animation: false,
        locale: numberLocale(),
        maintainAspectRatio: false,
        scales: {
          x: { stacked: true, ticks: { color: ink } },
          y: { stacked: true, beginAtZero: true, ticks: { color: ink, precision: 0 } },
        },
        plugins: { legend: { rtl: isRightToLeft(), labels: { color: ink } }, tooltip: { rtl: isRightToLeft() } },
      },
    });
  }

  render() {
    const spans = this.activity?.spans ?? [];
    if (!spans.length) return '';
    const sum = kind => spans.reduce((total, span) => total + span[kind], 0);
    return html`
      <figure class="activity">
        <figcaption>${t('{done} done, {refused} refused, {failed} failed', { done: number(sum('ok')), refused: number(sum('denied')), failed: number(sum('failed')) })}</figcaption>
        <div class="chart"><canvas role="img" aria-label=${t('Activity and refusals over time')}></canvas></div>
      </figure>`;
  }
}

customElements.define('activity-chart', ActivityChart);
