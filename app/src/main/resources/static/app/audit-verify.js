import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { dateTime, number, t } from './language.js';

const PART = 20000;

/** Checks the whole log, part by part, and shows what was checked. */
class AuditVerify extends PageElement {
  static properties = { running: { state: true }, result: { state: true }, error: { state: true } };

  async verify() {
    this.running = true;
    this.error = null;
    this.result = { entries: 0, size: 0, checkpoints: 0 };
    try {
      await call('POST', '/api/audit/checkpoints'); // So that the newest entries are covered too.
      let from = 1;
      let part;
      do {
        part = await call('GET', `/api/audit/verify?from=${from}&limit=${PART}`);
        this.result = {
          entries: part.problem ? part.problem.seq - 1 : part.to,
          size: part.size,
          checkpoints: this.result.checkpoints + part.checkpoints,
          latest: part.latest ?? this.result.latest,
          problem: part.problem,
        };
        from = part.to + 1;
      } while (!part.complete);
    } catch (failure) {
      this.error = failure.message;
    } finally {
      this.running = false;
    }
  }

  render() {
    return html`
      <section class="verify" aria-label=${t('Verification')}>
        <button class="primary" @click=${this.verify} ?disabled=${this.running}>
          ${this.running ? t('Verifying…') : t('Verify the log')}</button>
        <div role="status">${this.outcome()}</div>
        ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      </section>`;
  }

  outcome() {
    const result = this.result;
    if (!result) return html`<p class="hint">${t('Checks every hash, the chain, the Merkle tree, the signatures, and both copies of the log against each other.')}</p>`;
    if (this.running) return html`<progress aria-label=${t('Verifying…')} max=${result.size || 1} value=${result.entries}></progress>`;
    if (result.problem) {
      return html`<p class="error"><strong>${t('Not as it was written.')}</strong> ${result.problem.sentence}
        ${t('The {count} entries before are.', { count: number(result.entries) })}</p>`;
    }
    if (this.error) return '';
    return html`
      <p class="done"><strong>${t('All {count} entries are as they were written.', { count: number(result.size) })}</strong></p>
      <ul class="checked">
        <li>${t('{count} entries: content, hash, link to the one before, leaf of the Merkle tree', { count: number(result.size) })}</li>
        <li>${t('the event log holds the same events, in the same order, none more and none less')}</li>
        <li>${t('signed checkpoints: {count}; of each the signature, root and last hash', { count: number(result.checkpoints) })}</li>
        ${result.latest ? html`<li>${t('the latest covers {count} entries, signed {date}', { count: number(result.latest.size), date: dateTime(result.latest.signed_at) })},
          ${t('key')} <code>${result.latest.key_id}</code>, ${t('root')} <code>${result.latest.root_hash.slice(0, 16)}…</code></li>` : ''}
      </ul>`;
  }
}

customElements.define('audit-verify', AuditVerify);
