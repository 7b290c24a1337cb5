import { html } from 'lit';
import { PageElement } from './element.js';
import { call, signOut, token } from './api.js';
import './sign-in.js';
import './conversation-list.js';
import './chat.js';
import './audit.js';
import './sources.js';
import './theme-choice.js';
import './destination.js';

/** The page: who is signed in, where they are, and what is shown there. */
class ColloquyApp extends PageElement {
  static properties = { identity: { state: true }, route: { state: true }, error: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.route = location.hash.slice(1) || '/';
    window.addEventListener('hashchange', () => { this.route = location.hash.slice(1) || '/'; });
    window.addEventListener('signed-out', () => { this.identity = null; });
    if (token()) this.identify();
  }

  async identify() {
    try {
      this.identity = await call('GET', '/api/me');
    } catch (failure) {
      this.error = failure.message;
    }
  }

  get isAuditor() {
    return this.identity.permissions.includes('auditor');
  }

  render() {
    if (!this.identity) {
      return html`<sign-in @signed-in=${() => this.identify()}></sign-in>`;
    }
    return html`
      <a class="skip" href="#main" @click=${this.skip}>Skip to content</a>
      <header class="bar">
        <a class="brand" href="#/">Colloquy</a>
        <nav aria-label="Main">
          <a href="#/" aria-current=${/^\/(audit|sources)/.test(this.route) ? 'false' : 'page'}>Conversations</a>
          ${this.isAuditor ? '' : html`
            <a href="#/sources" aria-current=${this.route.startsWith('/sources') ? 'page' : 'false'}>Sources</a>`}
          ${this.isAuditor
            ? html`<a href="#/audit" aria-current=${this.route.startsWith('/audit') ? 'page' : 'false'}>Audit</a>`
            : ''}
        </nav>
        <theme-choice></theme-choice>
        <span class="who">${this.identity.user_id}</span>
        <button class="quiet" @click=${signOut}>Sign out</button>
      </header>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
      ${this.place()}`;
  }

  skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }

  place() {
    if (this.route.startsWith('/audit')) {
      return html`<main id="main" tabindex="-1" class="wide"><audit-log></audit-log></main>`;
    }
    if (this.route === '/sources') {
      return html`<main id="main" tabindex="-1" class="wide">
        <sources-page .permissions=${this.identity.permissions}></sources-page></main>`;
    }
    const conversation = /^\/c\/([\w.:-]+)/.exec(this.route)?.[1];
    if (!conversation && this.route !== '/') {
      return html`<main id="main" tabindex="-1"><route-destination .route=${this.route}></route-destination></main>`;
    }
    return html`
      <div class="columns">
        <conversation-list .selected=${conversation} .readOnly=${this.isAuditor}></conversation-list>
        <main id="main" tabindex="-1">
          <chat-view .conversationId=${conversation ?? null} .readOnly=${this.isAuditor}></chat-view>
        </main>
      </div>`;
  }
}

customElements.define('colloquy-app', ColloquyApp);
