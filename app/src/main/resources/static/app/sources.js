import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { call, upload } from './api.js';
import { number, t } from './language.js';
import './source-entry.js';
import './widgets/confirm-dialog.js';

const STATUS = { importing: 'Importing…', ready: 'Ready', failed: 'Not imported' };
const POLL = 700;

/** The sources that can be asked about: bring a file, follow its import, edit its catalogue entry, remove it. */
class SourcesPage extends PageElement {
  static properties = {
    permissions: {}, sources: { state: true }, builtIn: { state: true }, error: { state: true }, sent: { state: true },
    open: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.sources = [];
    this.builtIn = [];
    this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  get mayUpload() {
    return ['analyst', 'manager', 'admin'].some(permission => this.permissions?.includes(permission));
  }

  async load() {
    clearTimeout(this.timer);
    try {
      const { sources, built_in: builtIn } = await call('GET', '/api/sources');
      this.sources = sources;
      this.builtIn = builtIn;
    } catch (failure) {
      this.error = failure.message;
    }
    if (this.isConnected && this.sources.some(source => source.status === 'importing')) {
      this.timer = setTimeout(() => this.load(), POLL);
    }
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const body = new FormData(form);
    if (body.get('everyone')) body.set('permissions', 'viewer');
    body.delete('everyone');
    this.error = null;
    this.sent = 0;
    try {
      const source = await upload('/api/sources', body, share => { this.sent = share; });
      form.reset();
      this.open = source.source_id;
      await this.load();
    } catch (failure) {
      this.error = failure.message;
    } finally {
      this.sent = null;
    }
  }

  async takeAway(source) {
    const agreed = await this.querySelector('confirm-dialog').ask({
      title: t('Remove {name}?', { name: source.name }),
      message: t('What was imported from it is deleted. The log keeps that it was there, and who asked what of it.'),
    });
    if (!agreed) return;
    try {
      await call('DELETE', `/api/sources/${source.source_id}`);
      await this.load();
    } catch (failure) {
      this.error = failure.message;
    }
  }

  render() {
    return html`
      <h1>${t('Sources')}</h1>
      ${this.mayUpload ? this.uploadForm() : html`<p class="hint">${t('You may read these sources; others may add to them.')}</p>`}
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      <ul class="sources">
        ${repeat(this.sources, source => source.source_id, source => this.source(source))}
        ${this.builtIn.map(source => html`
          <li class="widget"><h2>${source.name}</h2><p class="hint">${source.location} · ${t('in the database')}</p></li>`)}
      </ul>
      <confirm-dialog></confirm-dialog>`;
  }

  uploadForm() {
    const busy = typeof this.sent === 'number';
    return html`
      <form class="filters widget" @submit=${this.submit}>
        <label>${t('File (CSV, XLSX, PDF, Markdown or text, up to 200 MiB)')}
          <input type="file" name="file" required accept=".csv,.tsv,.xlsx,.xlsm,.pdf,.md,.markdown,.txt"></label>
        <label>${t('Name')} <input name="name" maxlength="120" placeholder=${t('as the file')} autocomplete="off"></label>
        <label class="choice"><input type="checkbox" class="tick" name="everyone"> ${t('Everyone may ask about it')}</label>
        <button class="primary" ?disabled=${busy}>${busy ? t('Uploading…') : t('Upload')}</button>
        ${busy ? html`<progress max="1" .value=${this.sent} aria-label=${t('Upload')}></progress>` : ''}
      </form>`;
  }

  source(source) {
    const { progress } = source;
    const counts = source.pages ? t('{count} pages', { count: number(source.pages) })
      : source.passages ? t('{count} passages', { count: number(source.passages) })
        : t('{rows} rows, {columns} columns', { rows: number(source.rows), columns: number(source.columns) });
    return html`
      <li class="widget">
        <h2>${source.name} <span class="badge ${source.status === 'failed' ? 'error' : 'success'}">${t(STATUS[source.status])}</span></h2>
        <p class="hint">${source.filename} · ${t('{count} bytes', { count: number(source.bytes) })} · ${source.owner}
          ${source.status === 'ready' ? html` · ${counts}` : ''}</p>
        ${source.status === 'importing' ? html`
          <p role="status">${t(progress?.phase === 'loading' ? 'Loading row {row}' : 'Checking row {row}', { row: progress?.row === undefined ? '…' : number(progress.row) })}</p>
          ${progress?.rows ? html`<progress max="1" .value=${progress.row / progress.rows} aria-label=${t('Import')}></progress>`
            : html`<progress aria-label=${t('Import')}></progress>`}` : ''}
        ${source.error ? html`<p class="error">${t(source.error.message)}</p>` : ''}
        ${(source.notes ?? []).map(note => html`<p class="hint">${note}</p>`)}
        ${source.status === 'ready' && this.open === source.source_id
          ? html`<source-entry .source=${source} @source-changed=${() => this.load()}></source-entry>` : ''}
        <div class="actions">
          ${source.status === 'ready' ? html`
            <button aria-expanded=${this.open === source.source_id}
              @click=${() => { this.open = this.open === source.source_id ? null : source.source_id; }}>
              ${this.open === source.source_id ? t('Close') : t('Details')}</button>` : ''}
          ${source.may_change ? html`<button @click=${() => this.takeAway(source)}>${t('Remove')}</button>` : ''}
        </div>
      </li>`;
  }
}

customElements.define('sources-page', SourcesPage);
