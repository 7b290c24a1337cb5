import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { dateTime, t } from './language.js';

const CONTENT = {
  sealed: 'Its personal content is stored sealed and shown here opened.',
  erased: 'Its personal content was erased and can be read by nobody any more.',
};

/** One entry in full, with what it goes back to and what it led to. */
class AuditEntry extends PageElement {
  static properties = { seq: {}, found: { state: true }, error: { state: true } };

  willUpdate(changed) {
    if (changed.has('seq')) this.load();
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  async load() {
    try {
      this.found = await call('GET', `/api/audit/entries/${this.seq}`);
    } catch (failure) {
      this.error = failure.message;
    }
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** The entries below an event: those that name it as their cause. */
  below(eventId) {
    return this.found.related.filter(entry => entry.metadata.causation_id === eventId);
  }

  get roots() {
    const known = new Set(this.found.related.map(entry => entry.event_id));
    return this.found.related.filter(entry => !known.has(entry.metadata.causation_id));
  }

  render() {
    return html`
      <dialog class="entry" aria-label=${t('Entry {seq}', { seq: this.seq })} @close=${() => this.tell('closed')}>
        <form method="dialog" class="close"><button class="quiet" aria-label=${t('Close')}>✕</button></form>
        ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
        ${this.found ? this.entry(this.found.entry) : ''}
      </dialog>`;
  }

  entry(entry) {
    const fact = (name, value, filter) => value ? html`
      <dt>${t(name)}</dt>
      <dd>${filter ? html`<button class="link" @click=${() => this.tell('filter-chosen', filter)}>${value}</button>` : value}</dd>` : '';
    return html`
      <h2>${entry.seq} · ${entry.type} <span class="outcome ${entry.outcome}">${t(entry.outcome)}</span></h2>
      <dl class="facts">
        ${fact('Time', dateTime(entry.at))}
        ${fact('Actor', entry.actor, { actor: entry.actor })}
        ${fact('Permissions then', entry.metadata.permissions?.replaceAll(',', ', '))}
        ${fact('Conversation', entry.conversation_id, { conversation: entry.conversation_id })}
        ${fact('Widget', entry.widget_id, { widget: entry.widget_id })}
        ${fact('Action', entry.action_id, { action: entry.action_id })}
        ${fact('Place', t('{type} aggregate, event {seq}, revision {revision}', { type: entry.aggregate_type ?? t('no'), seq: entry.aggregate_seq, revision: entry.revision }))}
        ${fact('Hash', html`<code>${entry.entry_hash}</code>`)}
      </dl>
      ${CONTENT[entry.content] ? html`<p class="hint">${t(CONTENT[entry.content])}</p>` : ''}
      <h3>${t('Content')}</h3>
      <pre tabindex="0">${JSON.stringify(entry.payload, null, 2)}</pre>
      <h3>${t('Causes and effects')}</h3>
      <ul class="tree">${this.roots.map(root => this.branch(root, new Set()))}</ul>
      ${entry.conversation_id ? html`
        <p><a class="button" href="#/replay/${entry.conversation_id}?at=${entry.aggregate_seq}"
          @click=${() => this.tell('closed')}>${t('The story of the conversation')}</a></p>` : ''}
      <details><summary>${t('Metadata')}</summary><pre tabindex="0">${JSON.stringify(entry.metadata, null, 2)}</pre></details>`;
  }

  branch(entry, above) {
    if (above.has(entry.event_id)) return '';
    const below = this.below(entry.event_id);
    return html`
      <li>
        <button class="link" aria-current=${entry.seq === this.seq} @click=${() => this.tell('entry-chosen', entry.seq)}>
          ${entry.seq} · ${entry.type}</button>
        <small>${entry.actor}${entry.outcome === 'ok' ? '' : html` · <span class="outcome ${entry.outcome}">${t(entry.outcome)}</span>`}</small>
        ${below.length ? html`<ul>${below.map(child => this.branch(child, new Set([...above, entry.event_id])))}</ul>` : ''}
      </li>`;
  }
}

customElements.define('audit-entry', AuditEntry);
