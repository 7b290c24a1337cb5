import { html } from 'lit';
import { PageElement } from './element.js';
import { t } from './language.js';

/** What was typed and not asked, by conversation: it is there again after a look elsewhere or a new sign-in. */
const drafts = new Map();
window.addEventListener('left', () => drafts.clear());

/** Where a question is typed. Enter asks it; with Shift it begins a new line. */
class QuestionBox extends PageElement {
  static properties = { running: { type: Boolean }, conversationId: {} };

  updated(changed) {
    if (!changed.has('conversationId')) return;
    this.keep(changed.get('conversationId'));
    this.querySelector('textarea').value = drafts.get(this.conversationId) ?? '';
  }

  disconnectedCallback() {
    this.keep(this.conversationId);
    super.disconnectedCallback();
  }

  keep(conversationId) {
    if (conversationId !== undefined) drafts.set(conversationId, this.querySelector('textarea').value);
  }

  submit(event) {
    event.preventDefault();
    const input = this.querySelector('textarea');
    const question = input.value.trim();
    if (!question) return;
    input.value = '';
    this.dispatchEvent(new CustomEvent('question-asked', { detail: question }));
  }

  /** Gives back what could not be asked, unless something else is being typed. */
  giveBack(question) {
    const input = this.querySelector('textarea');
    if (!input.value) input.value = question;
  }

  keyDown(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  }

  render() {
    return html`
      <form class="ask" @submit=${this.submit}>
        <label class="visually-hidden" for="question">${t('Your question')}</label>
        <textarea id="question" rows="2" dir="auto" placeholder=${t('Ask about your sources…')} @keydown=${this.keyDown}></textarea>
        ${this.running ? html`
          <button type="button" @click=${() => this.dispatchEvent(new Event('answer-stopped'))}>${t('Stop')}</button>` : ''}
        <button class="primary">${t('Ask')}</button>
      </form>`;
  }
}

customElements.define('question-box', QuestionBox);
