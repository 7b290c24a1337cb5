import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { PageElement } from './element.js';
import { signOut, whoIsThere } from './api.js';
import { speak, t } from './language.js';
import { forgetPreferences, loadPreferences } from './preferences.js';
import './sign-in.js';
import './conversation-list.js';
import './chat.js';
import './audit.js';
import './sources.js';
import './replay.js';
import './operations.js';
import './preferences-page.js';
import './destination.js';

const PLACES = [
  ['/audit', 'Audit'], ['/operations', 'Operations'], ['/sources', 'Sources'], ['/preferences', 'Preferences'],
];

/** The page: who is signed in, where they are, and what is shown there. */
class ColloquyApp extends PageElement {
  static properties = {
    identity: { state: true }, route: { state: true }, error: { state: true }, known: { state: true }, left: { state: true },
    language: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    speak({});
    this.here();
    window.addEventListener('hashchange', () => this.here());
    window.addEventListener('preferences-changed', () => { this.language = document.documentElement.lang; });
    window.addEventListener('signed-out', () => this.forget());
    this.identify();
  }

  here() {
    this.route = location.hash.slice(1) || '/';
    const place = PLACES.find(([path]) => this.route.startsWith(path))?.[1] ?? 'Conversations';
    document.title = `${t(place)} · Colloquy`;
  }

  forget() {
    if (!this.identity) return;
    this.identity = null;
    this.left = true;
    forgetPreferences();
  }

  async identify() {
    try {
      const identity = await whoIsThere();
      if (identity) await loadPreferences();
      if (location.hash === '#/sign-in-failed' && identity) location.hash = '#/';
      this.identity = identity;
      this.known = true;
    } catch (failure) {
      this.error = failure.message;
    }
  }

  get isAuditor() {
    return this.identity.permissions.includes('auditor');
  }

  get isOperator() {
    return this.isAuditor || this.identity.permissions.includes('admin');
  }

  render() {
    if (!this.known) {
      return html`<main class="sign-in"><p class="hint">${t(this.error ?? 'Loading…')}</p></main>`;
    }
    if (!this.identity) {
      return html`<sign-in .signedOut=${this.left} @signed-in=${() => this.identify()}></sign-in>`;
    }
    // Everything is written anew in another language.
    return keyed(this.language, html`
      <a class="skip" href="#main" @click=${this.skip}>${t('Skip to content')}</a>
      <header class="bar">
        <a class="brand" href="#/">Colloquy</a>
        <nav aria-label=${t('Main')}>
          <a href="#/" aria-current=${PLACES.some(([path]) => this.route.startsWith(path)) ? 'false' : 'page'}>${t('Conversations')}</a>
          ${PLACES.filter(([path]) => this.mayGo(path)).map(([path, name]) => html`
            <a href="#${path}" aria-current=${this.route.startsWith(path) ? 'page' : 'false'}>${t(name)}</a>`)}
        </nav>
        <span class="who"><bdi>${this.identity.user_id}</bdi></span>
        <button class="quiet" @click=${signOut}>${t('Sign out')}</button>
      </header>
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      ${this.place()}`);
  }

  mayGo(path) {
    switch (path) {
      case '/audit': return this.isAuditor;
      case '/operations': return this.isOperator;
      case '/sources': return !this.isAuditor;
      default: return true;
    }
  }

  skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }

  place() {
    const { permissions } = this.identity;
    const wide = content => html`<main id="main" tabindex="-1" class="wide">${content}</main>`;
    if (this.route.startsWith('/audit')) return wide(html`<audit-log .route=${this.route}></audit-log>`);
    if (this.route === '/operations') return wide(html`<operations-page .permissions=${permissions}></operations-page>`);
    if (this.route === '/sources') return wide(html`<sources-page .permissions=${permissions}></sources-page>`);
    if (this.route === '/preferences') return wide(html`<preferences-page></preferences-page>`);
    const replayed = /^\/replay\/([\w.:-]+)(?:\?at=(\d+))?/.exec(this.route);
    if (replayed) {
      return wide(html`
        <replay-page .conversationId=${replayed[1]} .startAt=${replayed[2] ? Number(replayed[2]) : null}></replay-page>`);
    }
    const conversation = /^\/c\/([\w.:-]+)(?:\/w\/([\w.:-]+))?/.exec(this.route);
    if (!conversation && this.route !== '/') {
      return html`<main id="main" tabindex="-1"><route-destination .route=${this.route}></route-destination></main>`;
    }
    return html`
      <div class="columns">
        <conversation-list .selected=${conversation?.[1]} .readOnly=${this.isAuditor}></conversation-list>
        <main id="main" tabindex="-1">
          <chat-view .conversationId=${conversation?.[1] ?? null} .widgetId=${conversation?.[2] ?? null}
            .readOnly=${this.isAuditor}></chat-view>
        </main>
      </div>`;
  }
}

customElements.define('colloquy-app', ColloquyApp);
