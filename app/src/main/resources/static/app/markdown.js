import { marked } from 'marked';
import DOMPurify from 'dompurify';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

/** Markdown as HTML with everything active taken out. */
export function markdown(text) {
  return unsafeHTML(DOMPurify.sanitize(marked.parse(text ?? ''), { USE_PROFILES: { html: true } }));
}
