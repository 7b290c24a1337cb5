import { html } from 'lit';
import { PageElement } from './element.js';
import { call, signIn } from './api.js';
import { t } from './language.js';

const DEMO_USERS = {
  viewer: 'reads answers',
  analyst: 'looks into the rows behind a figure',
  manager: 'looks into rows and exports',
  exporter: 'reads answers and exports',
  auditor: 'reads the audit log and every conversation',
  admin: 'may do everything but audit',
};

/** Signs a person in: with the identity provider, or as a demo user where there is none. */
class SignIn extends PageElement {
  static properties = {
    signedOut: { type: Boolean }, methods: { state: true }, error: { state: true }, busy: { state: true },
  };

  async connectedCallback() {
    super.connectedCallback();
    if (location.hash === '#/sign-in-failed') this.error = 'You could not be signed in. Please try again.';
    try {
      this.methods = await call('GET', '/api/auth/session');
    } catch (failure) {
      this.error = failure.message;
    }
  }

  async submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.busy = true;
    this.error = null;
    try {
      await signIn(form.get('username'), form.get('password'));
      this.dispatchEvent(new Event('signed-in'));
    } catch (failure) {
      this.error = failure.message;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`
      <main class="sign-in">
        <h1>Colloquy</h1>
        ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
        ${this.methods ? this.ways() : html`<p class="hint">${t('Loading…')}</p>`}
      </main>`;
  }

  ways() {
    const { provider, local_users: localUsers } = this.methods;
    if (provider) {
      const back = location.hash.startsWith('#/sign-in-failed') ? '#/' : location.hash || '#/';
      return html`
        <p>${t('Answers you can prove.')}</p>
        <a class="button primary" href="${provider}?${new URLSearchParams({ back, anew: Boolean(this.signedOut) })}">${t('Sign in')}</a>`;
    }
    return localUsers.length ? this.demoUsers(localUsers) : html`
      <p>${t('This page is not set up for signing in. Please ask whoever runs it.')}</p>`;
  }

  demoUsers(names) {
    return html`
      <p>${t('Answers you can prove. Sign in as one of the demo users.')}</p>
      <form @submit=${this.submit}>
        <label for="username">${t('User')}</label>
        <select id="username" name="username">
          ${names.map(name => html`
            <option value=${name} ?selected=${name === 'manager'}>${name}: ${t(DEMO_USERS[name] ?? '')}</option>`)}
        </select>
        <label for="password">${t('Password')} <span class="hint">(demo)</span></label>
        <input id="password" name="password" type="password" value="demo" required autocomplete="current-password">
        <button class="primary" ?disabled=${this.busy}>${t('Sign in')}</button>
      </form>`;
  }
}

customElements.define('sign-in', SignIn);
