import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { number, t, time } from './language.js';
import './access-list.js';
import './widgets/confirm-dialog.js';

const WHAT = {
  'audit-log': 'Audit log: every event, hash-chained. Built anew it has the same hashes; it replaces the one that serves only where that was tampered with.',
  'conversation-state': 'Conversations: list, transcript, shared state.',
  'widget-cache': 'Widget cache: where each widget was issued.',
};

/** Projections and their rebuilds, events that were put aside, and erasing what a person wrote. */
class OperationsPage extends PageElement {
  static properties = {
    permissions: {}, projections: { state: true }, letters: { state: true }, error: { state: true }, message: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.projections = [];
    this.letters = [];
    this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  get mayOperate() {
    return this.permissions.includes('admin');
  }

  async load() {
    clearTimeout(this.timer);
    try {
      this.projections = (await call('GET', '/api/operations/projections')).projections;
      this.letters = (await call('GET', '/api/operations/dead-letters')).dead_letters;
    } catch (failure) {
      this.error = failure.message;
      return;
    }
    if (this.projections.some(projection => projection.rebuild?.state === 'building') && this.isConnected) {
      this.timer = setTimeout(() => this.load(), 400);
    }
  }

  async run(request, message) {
    this.error = null;
    this.message = null;
    try {
      const answer = await request();
      this.message = typeof message === 'function' ? message(answer) : message;
    } catch (failure) {
      this.error = failure.message;
    }
    await this.load();
  }

  rebuild(group) {
    this.run(() => call('POST', `/api/operations/projections/${group}/rebuild`));
  }

  retry(letter) {
    this.run(
      () => call('POST', `/api/operations/dead-letters/${letter.group}/retry?sequence=${encodeURIComponent(letter.sequence)}`),
      answer => (answer.solved ? t('The events were taken in.') : t('They still cannot be taken in.')));
  }

  async erase(event) {
    event.preventDefault();
    const form = event.target;
    const person = new FormData(form).get('person').trim();
    if (!person || !await this.querySelector('confirm-dialog').ask({
      title: t('Erase all that {person} wrote?', { person }),
      message: t('Questions, answers and values become unreadable for good, everywhere. What happened, and every hash, stays.'),
    })) return;
    await this.run(() => call('DELETE', `/api/subjects/${encodeURIComponent(person)}`), t('What {person} wrote is erased.', { person }));
    form.reset();
  }

  render() {
    return html`
      <h1>${t('Operations')}</h1>
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      <p role="status" class="done">${this.message ?? ''}</p>
      <h2>${t('Projections')}</h2>
      <ul class="sources">${this.projections.map(projection => this.projection(projection))}</ul>
      <h2>${t('Events that were put aside')}</h2>
      ${this.letters.length ? this.table() : html`<p class="hint">${t('None. What a projection cannot take in waits here, with what follows in the same conversation.')}</p>`}
      <access-list ?mayChange=${this.mayOperate}></access-list>
      ${this.mayOperate ? html`
        <h2>${t('Erasure')}</h2>
        <form class="inline" @submit=${this.erase}>
          <label>${t('Person')} <input name="person" autocomplete="off" required></label>
          <button>${t('Erase what they wrote')}</button>
        </form>` : ''}
      <confirm-dialog></confirm-dialog>`;
  }

  projection(projection) {
    const rebuild = projection.rebuild;
    return html`
      <li class="widget">
        <h3>${projection.group} <span class="badge ${projection.running ? 'success' : 'warning'}">
          ${t(projection.running ? 'running' : rebuild?.state === 'building' ? 'taking over' : 'not running')}</span></h3>
        <p class="hint">${t(WHAT[projection.group] ?? '')}</p>
        ${rebuild?.state === 'building' ? html`
          <label>${t('Building anew: {done} of {all} events', { done: number(rebuild.events), all: number(rebuild.total) })}
            <progress max=${rebuild.total || 1} value=${rebuild.events}></progress></label>` : ''}
        ${rebuild?.state === 'done' ? html`<p class="done">${t('Built anew from {count} events, {time}:', { count: number(rebuild.events), time: time(rebuild.ended_at) })}
          ${rebuild.replaced ? t('it took the place of the one before.') : t('the same as the one that serves.')}</p>` : ''}
        ${rebuild?.state === 'failed' ? html`<p class="error">${rebuild.problem}</p>` : ''}
        ${this.mayOperate ? html`<button ?disabled=${rebuild?.state === 'building'}
          @click=${() => this.rebuild(projection.group)} aria-label=${t('Build {name} anew', { name: projection.group })}>${t('Build anew')}</button>` : ''}
      </li>`;
  }

  table() {
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${t('Events that were put aside')}>
        <table class="audit">
          <thead><tr>${['Projection', 'Conversation', 'Event', 'Why', 'Content'].map(heading => html`<th scope="col">${t(heading)}</th>`)}<td></td></tr></thead>
          <tbody>${this.letters.map((letter, place) => html`
            <tr>
              <td>${letter.group}</td><td>${letter.sequence}</td><td>${letter.seq ?? ''} · ${letter.type}</td>
              <td>${letter.cause ?? t('waits behind the one before')}</td>
              <td><details><summary>${t('Show')}</summary><pre>${JSON.stringify(letter.payload, null, 2)}</pre></details></td>
              <td>${this.mayOperate && this.letters.findIndex(other => other.group === letter.group && other.sequence === letter.sequence) === place
                ? html`<button @click=${() => this.retry(letter)}>${t('Retry')}</button>` : ''}</td>
            </tr>`)}</tbody>
        </table>
      </div>`;
  }
}

customElements.define('operations-page', OperationsPage);
