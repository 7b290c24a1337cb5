import { html } from 'lit';
import { PageElement } from './element.js';
import { call } from './api.js';

const THEMES = { system: 'System', light: 'Light', dark: 'Dark' };

/** Light, dark, or as the system has it; kept for the person, on whatever device they sign in. */
class ThemeChoice extends PageElement {
  static properties = { theme: { state: true } };

  async connectedCallback() {
    super.connectedCallback();
    this.theme = 'system';
    try {
      const preferences = await call('GET', '/api/preferences');
      if (preferences.theme in THEMES) this.show(preferences.theme);
    } catch { /* The system's own theme will do. */ }
  }

  show(theme) {
    this.theme = theme;
    document.documentElement.dataset.theme = theme;
    window.dispatchEvent(new Event('theme-changed'));
  }

  choose(event) {
    this.show(event.target.value);
    call('PUT', '/api/preferences', { theme: this.theme }).catch(() => {});
  }

  render() {
    return html`
      <label class="theme">Theme
        <select @change=${this.choose}>
          ${Object.entries(THEMES).map(([value, name]) => html`
            <option value=${value} ?selected=${value === this.theme}>${name}</option>`)}
        </select>
      </label>`;
  }
}

customElements.define('theme-choice', ThemeChoice);
