import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { t } from './language.js';
import { markdown } from './markdown.js';
import './citation-list.js';
import './widgets/widget-view.js';

const DRAWING = 'Generating visualization...';

/** A turn of a conversation: what was asked, and what came back so far. `version` changes when the turn does. */
class TurnView extends PageElement {
  static properties = {
    turn: {}, version: {}, transcript: {}, conversationId: {}, readOnly: { type: Boolean },
    editing: { state: true }, showsEarlier: { state: true },
  };

  render() {
    const { turn } = this;
    return html`
      <article class="turn" aria-label=${t('Turn')}>
        ${turn.content ? this.question() : ''}
        ${this.earlierVersions(this.transcript.replacedBy(turn.turnId))}
        <div class="answer" aria-busy=${!turn.done}>
          ${turn.text ? html`<div class="text" dir="auto">${markdown(turn.text)}</div>` : ''}
          ${turn.status && !turn.done ? html`<p class="status"><span class="pulse"></span>${t(turn.status)}</p>` : ''}
          ${turn.status === DRAWING && !turn.done ? html`<div class="widget skeleton" aria-hidden="true"></div>` : ''}
          ${turn.cancelled ? html`<p class="status">${t('Stopped.')}</p>` : ''}
          ${turn.error ? html`<p class="error" role="alert">${t(turn.error)}</p>` : ''}
          ${repeat(turn.widgets, widget => widget.widget_id, widget => html`
            <widget-view id="widget-${widget.widget_id}" .descriptor=${widget} .readOnly=${this.readOnly}
              .expired=${this.transcript.expired.has(widget.widget_id)} .conversationId=${this.conversationId}></widget-view>`)}
          ${turn.citations.length ? html`
            <citation-list .citations=${turn.citations} .readOnly=${this.readOnly}
              .path=${`/api/conversations/${this.conversationId}/turns/${turn.turnId}`}></citation-list>` : ''}
          ${turn.done && turn.content && !this.readOnly ? html`
            <p class="turn-actions"><button class="quiet" @click=${() => this.askAnew(turn.content)}>
              ${turn.error || turn.cancelled ? t('Try again') : t('Ask again')}</button></p>` : ''}
        </div>
      </article>`;
  }

  question() {
    if (this.editing) return this.editor();
    return html`
      <div class="asked">
        ${this.readOnly ? '' : html`<button class="quiet" @click=${this.edit}
          aria-label=${t('Edit: {question}', { question: this.turn.content })}>${t('Edit')}</button>`}
        <h2 class="visually-hidden">${t('Question')}</h2>
        <div class="question" dir="auto">${this.turn.content}</div>
      </div>`;
  }

  async edit() {
    this.editing = true;
    await this.updateComplete;
    this.querySelector('.edit textarea').focus();
  }

  async stopEditing() {
    this.editing = false;
    await this.updateComplete;
    this.querySelector('.asked button')?.focus();
  }

  editor() {
    return html`
      <form class="edit" @submit=${this.submit} @keydown=${event => { if (event.key === 'Escape') this.stopEditing(); }}>
        <h2 class="visually-hidden">${t('Question')}</h2>
        <label>${t('Edit your question')}
          <textarea name="content" rows="2" dir="auto" required .value=${this.turn.content}></textarea></label>
        <p class="hint">${t('This answer and those after it are replaced.')}</p>
        <div class="actions">
          <button type="button" @click=${this.stopEditing}>${t('Cancel')}</button>
          <button class="primary">${t('Send')}</button>
        </div>
      </form>`;
  }

  submit(event) {
    event.preventDefault();
    const content = String(new FormData(event.target).get('content')).trim();
    if (!content) return;
    this.editing = false;
    this.askAnew(content);
  }

  /** Asks in place of this turn and those after it. */
  askAnew(content) {
    this.dispatchEvent(new CustomEvent('question-edited', {
      detail: { turnId: this.turn.turnId, content }, bubbles: true,
    }));
  }

  earlierVersions(turns) {
    return turns.length ? html`
      <details class="versions" @toggle=${event => { this.showsEarlier = event.target.open; }}>
        <summary>${t('Asked anew. What was there before')}</summary>
        ${this.showsEarlier ? turns.map(turn => html`
          <turn-view .turn=${turn} .version=${turn.version} .transcript=${this.transcript}
            .conversationId=${this.conversationId} .readOnly=${true}></turn-view>`) : ''}
      </details>` : '';
  }
}

customElements.define('turn-view', TurnView);
