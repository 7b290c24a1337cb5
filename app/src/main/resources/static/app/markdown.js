import { marked } from 'marked';
import DOMPurify from 'dompurify';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

/** What text may look like; nothing that loads from elsewhere, styles the page, or can be filled in. */
const ALLOWED = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ['style', 'form', 'input', 'button', 'select', 'textarea', 'img', 'picture', 'video', 'audio', 'source', 'link', 'dialog'],
  FORBID_ATTR: ['style', 'class', 'id', 'name'],
};

/** Markdown as HTML with everything active taken out; links open elsewhere and learn nothing of this page. */
export function markdown(text) {
  const content = DOMPurify.sanitize(marked.parse(String(text ?? '')), { ...ALLOWED, RETURN_DOM_FRAGMENT: true });
  content.querySelectorAll('a').forEach(link => Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' }));
  const holder = document.createElement('div');
  holder.append(content);
  return unsafeHTML(holder.innerHTML);
}
