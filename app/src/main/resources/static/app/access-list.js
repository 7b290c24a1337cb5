import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';
import { t } from './language.js';

/** Who was given which roles; administrators give and take them, auditors look. */
class AccessList extends PageElement {
  static properties = { mayChange: { type: Boolean }, access: { state: true }, error: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.access = { roles: {}, users: [] };
    this.load();
  }

  async load() {
    try {
      this.access = await call('GET', '/api/access');
    } catch (failure) {
      this.error = failure.message;
    }
  }

  /** Answers whether it was done. */
  async change(method, person, role) {
    this.error = null;
    try {
      await call(method, `/api/access/${encodeURIComponent(person)}/${encodeURIComponent(role)}`);
    } catch (failure) {
      this.error = failure.message;
      return false;
    }
    await this.load();
    return true;
  }

  async tick(box, person, role) {
    if (!await this.change(box.checked ? 'PUT' : 'DELETE', person, role)) box.checked = !box.checked;
  }

  async give(event) {
    event.preventDefault();
    const form = event.target;
    const given = new FormData(form);
    if (await this.change('PUT', given.get('person').trim(), given.get('role'))) form.reset();
  }

  render() {
    const roles = Object.keys(this.access.roles);
    return html`
      <h2>${t('Access')}</h2>
      <p class="hint">${t('Roles given here, beside those a sign-in brings. A change holds at once, for open connections too, and is in the log.')}</p>
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      <div class="scroll" tabindex="0" role="region" aria-label=${t('Access')}>
        <table class="audit">
          <thead><tr><th scope="col">${t('Person')}</th>${roles.map(role => html`
            <th scope="col" title=${this.access.roles[role].join(', ')}>${role}</th>`)}</tr></thead>
          <tbody>${this.access.users.map(user => html`
            <tr><th scope="row">${user.user_id}</th>${roles.map(role => html`
              <td><input type="checkbox" aria-label=${t('{role} for {person}', { role, person: user.user_id })}
                .checked=${user.roles.includes(role)} ?disabled=${!this.mayChange}
                @change=${event => this.tick(event.target, user.user_id, role)}></td>`)}</tr>`)}</tbody>
        </table>
      </div>
      ${this.mayChange ? html`
        <form class="inline" @submit=${this.give}>
          <label>${t('Somebody else')} <input name="person" autocomplete="off" required maxlength="255"></label>
          <label>${t('Role')} <select name="role">${roles.map(role => html`<option>${role}</option>`)}</select></label>
          <button>${t('Give this role')}</button>
        </form>` : ''}`;
  }
}

customElements.define('access-list', AccessList);
