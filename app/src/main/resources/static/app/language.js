import arabicOfChat from './messages/ar-chat.js';
import arabicOfTheLog from './messages/ar-log.js';

/**
 * The language the page speaks, and how it writes numbers and dates. Texts are named by their English; what has no
 * translation, such as an answer, stays as it is.
 */
const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', texts: {} },
  ar: { name: 'العربية', direction: 'rtl', texts: { ...arabicOfChat, ...arabicOfTheLog } },
};

const NUMBER_LOCALES = { point: 'en-US', comma: 'de-DE', space: 'fr-FR' };

const chosen = { language: 'en', numbers: 'auto', dates: 'auto' };

export const languages = Object.entries(LANGUAGES).map(([code, { name }]) => [code, name]);

/** The first of the browser's languages that the page speaks. */
function browserLanguage() {
  return navigator.languages.map(language => language.split('-')[0]).find(code => code in LANGUAGES) ?? 'en';
}

/** Speaks a language from now on, and writes numbers and dates as preferred. */
export function speak({ language = browserLanguage(), numbers = 'auto', dates = 'auto' }) {
  chosen.language = language in LANGUAGES ? language : 'en';
  chosen.numbers = numbers;
  chosen.dates = dates;
  document.documentElement.lang = chosen.language;
  document.documentElement.dir = LANGUAGES[chosen.language].direction;
}

export const isRightToLeft = () => LANGUAGES[chosen.language].direction === 'rtl';

/** A text in the chosen language, with `{name}` filled in. */
export function t(text, values = {}) {
  const translated = LANGUAGES[chosen.language].texts[text] ?? text ?? '';
  return String(translated).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The locale that numbers are written in. */
export const numberLocale = () => NUMBER_LOCALES[chosen.numbers] ?? chosen.language;

export function number(value, options) {
  const figure = Number(value);
  return Number.isFinite(figure) ? figure.toLocaleString(numberLocale(), options) : String(value ?? '');
}

export const percent = share => number(share, { style: 'percent' });

/** A day, from an instant or an ISO date. */
export function date(value) {
  const day = new Date(value);
  if (Number.isNaN(day.getTime())) return String(value ?? '');
  const [d, m, y] = [day.getDate(), day.getMonth() + 1, day.getFullYear()].map(part => String(part).padStart(2, '0'));
  switch (chosen.dates) {
    case 'iso': return `${y}-${m}-${d}`;
    case 'dmy': return `${d}.${m}.${y}`;
    case 'mdy': return `${m}/${d}/${y}`;
    default: return day.toLocaleDateString(chosen.language);
  }
}

export function time(value) {
  return new Date(value).toLocaleTimeString(chosen.language, { hour12: false });
}

export const dateTime = value => `${date(value)} ${time(value)}`;
