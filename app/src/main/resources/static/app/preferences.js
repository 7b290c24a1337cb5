import { call } from './api.js';
import { speak } from './language.js';

/** What a person prefers, kept for them on whatever device they sign in. */
let preferences = {};

export const preferred = name => preferences[name];

function apply() {
  document.documentElement.dataset.theme = preferences.theme ?? 'system';
  speak({ language: preferences.language, numbers: preferences.number_format, dates: preferences.date_format });
  window.dispatchEvent(new Event('preferences-changed'));
}

export async function loadPreferences() {
  try {
    preferences = await call('GET', '/api/preferences');
  } catch {
    preferences = {}; // What the browser prefers will do.
  }
  apply();
}

/** Nobody is signed in any more. */
export function forgetPreferences() {
  preferences = {};
  apply();
}

export async function prefer(name, value) {
  await call('PUT', '/api/preferences', { [name]: value });
  preferences = { ...preferences, [name]: value };
  apply();
}
