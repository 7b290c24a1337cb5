import { html } from 'lit';
import { PageElement } from './element.js';
import { call, save } from './api.js';
import { dateTime, number, t } from './language.js';
import { AuditTail } from './audit-tail.js';
import './activity-chart.js';
import './audit-entry.js';
import './audit-verify.js';
import './saved-queries.js';

const OUTCOMES = ['', 'ok', 'denied', 'failed'];
const FORMATS = { csv: 'CSV', jsonl: 'JSON Lines, to verify', pdf: 'PDF' };
const MOST_LIVE = 500;

/** The audit log: what happened, filtered, the latest first; each entry with its causes and effects. */
class AuditLog extends PageElement {
  static properties = {
    route: {}, filter: { state: true }, entries: { state: true }, more: { state: true }, error: { state: true },
    selected: { state: true }, live: { state: true }, loading: { state: true }, message: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.filter = Object.fromEntries(new URLSearchParams(this.route?.split('?')[1] ?? ''));
    this.entries = [];
    this.reload();
  }

  disconnectedCallback() {
    this.tail?.close();
    super.disconnectedCallback();
  }

  get query() {
    return new URLSearchParams(Object.entries(this.filter).filter(([, value]) => value));
  }

  async reload() {
    this.tail?.close();
    this.tail = null;
    this.live = false;
    this.cursor = null;
    this.entries = [];
    this.message = null;
    await this.load();
  }

  async load() {
    const filter = this.filter;
    const query = this.query;
    query.set('order', 'desc');
    query.set('limit', '50');
    if (this.cursor) query.set('cursor', this.cursor);
    this.loading = true;
    try {
      const page = await call('GET', `/api/audit/entries?${query}`);
      if (filter !== this.filter) return; // Another search has begun meanwhile.
      this.entries = [...this.entries, ...page.entries];
      this.cursor = page.next_cursor;
      this.more = page.more;
      this.error = null;
    } catch (failure) {
      this.error = failure.message;
    } finally {
      this.loading = false;
    }
  }

  search(event) {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value));
    for (const name of ['from', 'to']) {
      if (given[name]) given[name] = new Date(given[name]).toISOString();
    }
    this.apply(given);
  }

  apply(filter) {
    this.filter = filter;
    history.replaceState(null, '', `#/audit${this.query.size ? `?${this.query}` : ''}`);
    this.reload();
  }

  /** Follows the log from the last entry shown on, so not before one is; without a filter, since that is what the server sends. */
  follow(event) {
    this.live = event.target.checked;
    this.tail?.close();
    this.tail = null;
    if (!this.live) return;
    this.tail = new AuditTail(this.entries[0]?.seq ?? -1, {
      onEntry: entry => { this.entries = [entry, ...this.entries].slice(0, MOST_LIVE); },
      onError: message => { this.error = message; this.live = false; },
    });
  }

  async download(format) {
    this.message = t('Preparing the file…');
    try {
      const name = await save(`/api/audit/entries.${format}?${this.query}`);
      this.message = t('{file} is ready, with the checkpoint that covers it.', { file: name });
    } catch (failure) {
      this.message = null;
      this.error = failure.message;
    }
  }

  render() {
    return html`
      <h1>${t('Audit log')}</h1>
      <audit-verify></audit-verify>
      ${this.form()}
      <saved-queries .filter=${this.filter} @query-chosen=${event => this.apply(event.detail)}></saved-queries>
      <activity-chart .query=${this.query.toString()}></activity-chart>
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      <div class="toolbar">
        <label class="choice"><input type="checkbox" class="tick" .checked=${this.live ?? false}
          ?disabled=${this.query.size > 0 || this.loading} @change=${this.follow}> ${t('Follow live')}</label>
        ${Object.entries(FORMATS).map(([format, label]) => html`
          <button @click=${() => this.download(format)}>${t('Export {format}', { format: t(label) })}</button>`)}
        <span role="status" class="hint">${this.message ?? ''}</span>
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('Entries')}>${this.table()}</div>
      <p>${t('{count} entries shown.', { count: number(this.entries.length) })}
        ${this.more ? html`<button @click=${this.load} ?disabled=${this.loading}>${t('Load more')}</button>` : ''}</p>
      ${this.selected ? html`
        <audit-entry .seq=${this.selected} @closed=${() => { this.selected = null; }}
          @entry-chosen=${event => { this.selected = event.detail; }}
          @filter-chosen=${event => { this.selected = null; this.apply(event.detail); }}></audit-entry>` : ''}`;
  }

  form() {
    const field = (name, label, placeholder = '') => html`
      <label>${t(label)} <input name=${name} autocomplete="off" placeholder=${placeholder} .value=${this.filter[name] ?? ''}></label>`;
    const local = name => this.filter[name]
      ? new Date(Date.parse(this.filter[name]) - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16) : '';
    return html`
      <form class="filters" role="search" aria-label=${t('Audit log')} @submit=${this.search}>
        ${field('text', 'Words')}
        ${field('actor', 'Actor')}
        ${field('type', 'Event', 'action-denied')}
        <label>${t('Outcome')} <select name="outcome">${OUTCOMES.map(outcome => html`
          <option value=${outcome} ?selected=${outcome === (this.filter.outcome ?? '')}>${t(outcome || 'any')}</option>`)}</select></label>
        ${field('conversation', 'Conversation')}
        ${field('widget', 'Widget')}
        ${field('action', 'Action')}
        ${field('permission', 'Permission', 'manager')}
        <label>${t('From')} <input type="datetime-local" name="from" .value=${local('from')}></label>
        <label>${t('Until')} <input type="datetime-local" name="to" .value=${local('to')}></label>
        <button class="primary">${t('Search')}</button>
        ${this.query.size ? html`<button type="button" class="quiet" @click=${() => this.apply({})}>${t('Clear')}</button>` : ''}
      </form>`;
  }

  table() {
    if (!this.entries.length && !this.loading) return html`<p class="hint">${t('No entry matches.')}</p>`;
    return html`
      <table class="audit">
        <thead><tr>${['#', 'Time', 'Event', 'Actor', 'Outcome', 'Conversation'].map(heading => html`<th scope="col">${t(heading)}</th>`)}</tr></thead>
        <tbody>
          ${this.entries.map(entry => html`
            <tr class=${entry.outcome}>
              <td><button class="link" @click=${() => { this.selected = entry.seq; }}
                aria-label=${t('Entry {seq} in full', { seq: entry.seq })}>${entry.seq}</button></td>
              <td><time datetime=${entry.at}>${dateTime(entry.at)}</time></td>
              <td>${entry.type}</td>
              <td>${entry.actor}</td>
              <td><span class="outcome ${entry.outcome}">${t(entry.outcome)}</span></td>
              <td>${entry.conversation_id
                ? html`<a href="#/replay/${entry.conversation_id}">${t('story')}</a>` : ''}</td>
            </tr>`)}
        </tbody>
      </table>`;
  }
}

customElements.define('audit-log', AuditLog);
