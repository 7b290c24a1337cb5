import { html } from 'lit';
import { PageElement } from './element.js';
import { date, languages, number, t } from './language.js';
import { prefer, preferred } from './preferences.js';

/** How the page looks and writes for the person. */
class PreferencesPage extends PageElement {
  static properties = { error: { state: true }, saved: { state: true } };

  async choose(name, value) {
    this.error = null;
    try {
      await prefer(name, value);
      this.saved = true;
      this.requestUpdate();
    } catch (failure) {
      this.error = failure.message;
    }
  }

  render() {
    return html`
      <h1>${t('Preferences')}</h1>
      <p class="hint">${t('Kept for you on every device you sign in on.')}</p>
      <div class="preferences">
        ${this.choice('theme', t('Theme'), 'system', [['system', t('As the system')], ['light', t('Light')], ['dark', t('Dark')]])}
        ${this.choice('language', t('Language'), document.documentElement.lang, languages)}
        ${this.choice('number_format', t('Numbers'), 'auto',
          [['auto', t('As the language')], ['point', '1,234.5'], ['comma', '1.234,5'], ['space', '1 234,5']])}
        ${this.choice('date_format', t('Dates'), 'auto',
          [['auto', t('As the language')], ['iso', '2026-12-31'], ['dmy', '31.12.2026'], ['mdy', '12/31/2026']])}
      </div>
      <p class="example">${t('Example: {number} on {date}', { number: number(1234567.5), date: date('2026-12-31T12:00:00Z') })}</p>
      <p class="done" role="status">${this.saved ? t('Saved.') : ''}</p>
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}`;
  }

  choice(name, label, otherwise, options) {
    const value = preferred(name) ?? otherwise;
    return html`
      <label>${label}
        <select @change=${event => this.choose(name, event.target.value)}>
          ${options.map(([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`)}
        </select>
      </label>`;
  }
}

customElements.define('preferences-page', PreferencesPage);
