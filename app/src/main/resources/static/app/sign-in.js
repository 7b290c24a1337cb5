import { html } from 'lit';
import { PageElement } from './element.js';
import { signIn } from './api.js';

const DEMO_USERS = {
  viewer: 'reads answers',
  analyst: 'looks into the rows behind a figure',
  manager: 'looks into rows and exports',
  exporter: 'reads answers and exports',
  auditor: 'reads the audit log and every conversation',
  admin: 'may do everything but audit',
};

/** Signs a demo user in. */
class SignIn extends PageElement {
  static properties = { error: { state: true }, busy: { state: true } };

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
        <p>Answers you can prove. Sign in as one of the demo users.</p>
        <form @submit=${this.submit}>
          <label for="username">User</label>
          <select id="username" name="username">
            ${Object.entries(DEMO_USERS).map(([name, does]) => html`
              <option value=${name} ?selected=${name === 'manager'}>${name}: ${does}</option>`)}
          </select>
          <label for="password">Password <span class="hint">(demo)</span></label>
          <input id="password" name="password" type="password" value="demo" required autocomplete="current-password">
          ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
          <button class="primary" ?disabled=${this.busy}>Sign in</button>
        </form>
      </main>`;
  }
}

customElements.define('sign-in', SignIn);
