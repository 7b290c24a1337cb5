import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { dateTime, number, percent, t } from './language.js';
import { markdown } from './markdown.js';
import './widgets/widget-view.js';

/** Why a turn was answered as it was, and how another planner or model would answer it. */
class TurnReasons extends PageElement {
  static properties = {
    conversationId: {}, turnId: {}, reasons: { state: true }, planners: { state: true }, compared: { state: true },
    running: { state: true }, error: { state: true },
  };

  get path() {
    return `/api/conversations/${this.conversationId}`;
  }

  willUpdate(changed) {
    if (changed.has('turnId')) this.load();
  }

  async load() {
    this.reasons = null;
    this.compared = null;
    try {
      [this.reasons, this.planners] = await Promise.all([
        call('GET', `${this.path}/turns/${this.turnId}/why`), call('GET', `${this.path}/planners`)]);
    } catch (failure) {
      this.error = failure.message;
    }
  }

  async askAgain(event) {
    event.preventDefault();
    const asked = Object.fromEntries(new FormData(event.target));
    this.running = true;
    this.error = null;
    try {
      this.compared = await call('POST', `${this.path}/turns/${this.turnId}/what-if`, asked);
    } catch (failure) {
      this.error = failure.message;
    } finally {
      this.running = false;
    }
  }

  render() {
    return html`
      <section class="widget reasons" aria-label=${t('Why this answer')}>
        ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
        ${this.reasons ? this.found(this.reasons) : ''}
      </section>`;
  }

  found(reasons) {
    const fact = (name, value) => value ? html`<dt>${t(name)}</dt><dd>${value}</dd>` : '';
    const plan = reasons.plan;
    return html`
      <h3>${t('Why this answer')}</h3>
      <dl class="facts">
        ${fact('Asked', `${reasons.actor}, ${dateTime(reasons.asked_at)}`)}
        ${fact('Permitted then', reasons.permissions.join(', '))}
        ${fact('Planned by', reasons.planner)}
        ${fact('Model', reasons.model)}
        ${fact('Understood as', plan && `${plan.intent}${plan.widget_type ? `, ${plan.chart_type ?? ''} ${plan.widget_type}` : ''}`)}
        ${fact('Reasoning', plan?.reasoning)}
        ${fact('Taken for granted', plan?.assumptions?.join('; '))}
        ${fact('Confidence', plan && percent(plan.confidence))}
        ${fact('Outcome', reasons.failure ? `${reasons.outcome}: ${reasons.failure}` : reasons.outcome)}
        ${fact('Time', reasons.timings && t('plan {plan} ms, data {data} ms, in all {all} ms', { plan: reasons.timings.plan_ms, data: reasons.timings.data_ms, all: reasons.timings.total_ms }))}
        ${fact('Tokens', reasons.tokens && t('{read} read, {written} written', { read: reasons.tokens.prompt, written: reasons.tokens.completion }))}
      </dl>
      ${reasons.notes.map(note => html`<p class="hint">${note}</p>`)}
      ${reasons.reads.map(read => html`
        <details><summary>${t('Data read: {count} rows of {dataset}', { count: number(read.row_count), dataset: read.query.dataset })}</summary>
          <pre tabindex="0">${JSON.stringify(read.query, null, 2)}</pre>
          <pre tabindex="0">${read.sql}</pre>
          <p class="hint">${t('Digest of the rows')} <code>${read.result_digest}</code></p>
        </details>`)}
      ${reasons.passages.map(read => html`
        <details><summary>${t('Passages read: {count}', { count: number(read.passages.length) })}</summary>
          <ul>${read.passages.map(passage => html`<li>${t('{source}, passage {number}', { source: passage.source_name, number: number(passage.number) })}</li>`)}</ul></details>`)}
      <h3>${t('Ask again')}</h3>
      <form class="inline" @submit=${this.askAgain}>
        <label>${t('By')} <select name="planner">${this.planners.planners.map(planner => html`
          <option value=${planner}>${planner === 'embedded' ? t('the embedded planner') : this.planners.model}</option>`)}</select></label>
        ${this.planners.model ? html`<label>${t('Another model')} <input name="model" autocomplete="off"></label>` : ''}
        <button class="primary" ?disabled=${this.running}>${this.running ? t('Asking…') : t('Compare')}</button>
        <span class="hint">${t('Nothing is written to the conversation.')}</span>
      </form>
      ${this.compared ? this.comparison(this.compared) : ''}`;
  }

  comparison({ original, rerun, different }) {
    return html`
      <p role="status"><strong>${different.length ? t('Different: {parts}.', { parts: different.map(part => t(part)).join(', ') }) : t('The same in plan, data, text and widgets.')}</strong></p>
      <div class="compare">
        ${this.side(t('As it was'), original.planner, original)}
        ${this.side(t('As it would be'), rerun.planner, rerun)}
      </div>`;
  }

  side(title, planner, answer) {
    return html`
      <section aria-label=${title}>
        <h4>${title} <small>${planner ?? ''}</small></h4>
        ${answer.failure ? html`<p class="error">${answer.failure}</p>` : ''}
        ${answer.notes.map(note => html`<p class="hint">${note}</p>`)}
        <div class="text">${markdown(answer.answer)}</div>
        ${answer.widgets.map(widget => html`<widget-view .descriptor=${widget} .readOnly=${true}
          .conversationId=${this.conversationId}></widget-view>`)}
        <details><summary>${t('Plan')}</summary><pre tabindex="0">${JSON.stringify(answer.plan, null, 2)}</pre></details>
        ${answer.reads.map(read => html`<details><summary>${t('SQL, {count} rows', { count: number(read.row_count) })}</summary><pre tabindex="0">${read.sql}</pre></details>`)}
      </section>`;
  }
}

customElements.define('turn-reasons', TurnReasons);
