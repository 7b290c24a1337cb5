import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { call } from './api.js';
import { Connection } from './connection.js';
import { Transcript } from './transcript.js';
import { markdown } from './markdown.js';
import './citation-list.js';
import './filter-bar.js';
import './widgets/widget-view.js';

const SUGGESTIONS = [
  'Show me Q2 sales by region with drill-down',
  'Revenue over time by product',
  'Find customers in New York',
  'What can I do with sales data?',
];

const CONNECTION = {
  connecting: 'Connecting…',
  connected: '',
  reconnecting: 'Connection interrupted. Reconnecting…',
  lost: 'Connection lost. Please refresh.',
  refused: '',
};

/** A conversation: its turns, and where the next question is typed. */
class ChatView extends PageElement {
  static properties = {
    conversationId: {}, readOnly: { type: Boolean }, connection: { state: true }, error: { state: true },
    version: { state: true },
  };

  constructor() {
    super();
    this.transcript = new Transcript();
    this.version = 0;
  }

  willUpdate(changed) {
    if (changed.has('conversationId') && this.conversationId !== this.openId) this.openConversation();
  }

  /** Stays at the end while an answer grows, until the person looks elsewhere. */
  firstUpdated() {
    this.growth = new ResizeObserver(() => {
      if (this.follows) this.querySelector('.end')?.scrollIntoView({ block: 'end' });
    });
    this.growth.observe(this.querySelector('.transcript'));
    this.look = () => { this.follows = false; };
    window.addEventListener('wheel', this.look, { passive: true });
    window.addEventListener('touchmove', this.look, { passive: true });
  }

  disconnectedCallback() {
    this.growth?.disconnect();
    window.removeEventListener('wheel', this.look);
    window.removeEventListener('touchmove', this.look);
    this.link?.close();
    super.disconnectedCallback();
  }

  openConversation() {
    this.link?.close();
    this.link = null;
    this.openId = this.conversationId;
    this.transcript = new Transcript();
    this.error = null;
    this.follows = true;
    if (!this.conversationId) return;
    this.link = new Connection(this.conversationId, {
      onFrame: frame => this.received(frame),
      onError: error => { if (!error.invocation_id) this.error = error.message; },
      onStatus: status => { this.connection = status; this.flush(); },
    });
    this.loadQuestions();
  }

  received(frame) {
    this.transcript.apply(frame);
    if (this.transcript.lacksQuestions && !this.questionsTimer) {
      this.questionsTimer = setTimeout(() => this.loadQuestions(), 300);
    }
    if (frame.type === 'done') window.dispatchEvent(new Event('conversations-changed'));
    this.version += 1;
  }

  async loadQuestions() {
    this.questionsTimer = null;
    try {
      const details = await call('GET', `/api/conversations/${this.openId}`);
      details.turns.forEach(turn => this.transcript.turn(turn.turn_id, turn.content));
      this.version += 1;
    } catch (failure) {
      if (failure.code !== 'conversation_not_found') this.error = failure.message;
    }
  }

  async submit(event) {
    event.preventDefault();
    const input = this.querySelector('textarea');
    const question = input.value.trim();
    if (!question) return;
    input.value = '';
    await this.ask(question);
  }

  async ask(question) {
    this.error = null;
    this.follows = true;
    try {
      if (!this.openId) {
        const { conversation_id: id } = await call('POST', '/api/conversations', {});
        this.conversationId = id;
        this.openConversation();
        history.replaceState(null, '', `#/c/${id}`);
        window.dispatchEvent(new HashChangeEvent('hashchange'));
      }
      const turnId = crypto.randomUUID();
      this.transcript.turn(turnId, question);
      this.waiting = { turn_id: turnId, content: question };
      this.version += 1;
      this.flush();
    } catch (failure) {
      this.error = failure.message;
    }
  }

  /** Sends the question once there is a connection; its id makes sending it again harmless. */
  flush() {
    if (this.waiting && this.connection === 'connected' && this.link?.send('turns', this.waiting)) {
      this.waiting = null;
    }
  }

  stop(turn) {
    this.link?.send(`turns/${turn.turnId}/cancel`, {});
  }

  keyDown(event) {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  }

  render() {
    const running = this.transcript.turns.findLast(turn => !turn.done);
    const announcement = running?.status ?? (this.transcript.turns.at(-1)?.done ? 'Answer complete.' : '');
    return html`
      <section class="transcript" aria-label="Conversation" @question-chosen=${event => this.ask(event.detail)}>
        ${this.transcript.turns.length === 0 ? this.welcome() : ''}
        ${repeat(this.transcript.turns, turn => turn.turnId, turn => this.turn(turn))}
        <div class="end"></div>
      </section>
      <p class="visually-hidden" role="status">${announcement}</p>
      ${CONNECTION[this.connection] && this.openId
        ? html`<p class="connection" role="status">${CONNECTION[this.connection]}</p>` : ''}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
      ${this.openId ? html`
        <filter-bar .state=${this.transcript.state} .readOnly=${this.readOnly}
          @state-changed=${event => this.link?.send('state', event.detail)}></filter-bar>` : ''}
      ${this.readOnly ? '' : html`
        <form class="ask" @submit=${this.submit}>
          <label class="visually-hidden" for="question">Your question</label>
          <textarea id="question" rows="2" placeholder="Ask about your sources…" @keydown=${this.keyDown}></textarea>
          ${running && running.status !== null && !this.waiting
            ? html`<button type="button" @click=${() => this.stop(running)}>Stop</button>` : ''}
          <button class="primary">Ask</button>
        </form>`}`;
  }

  welcome() {
    if (this.readOnly || this.openId) return '';
    return html`
      <div class="welcome">
        <h1>What would you like to know?</h1>
        <ul>${SUGGESTIONS.map(text => html`<li><button @click=${() => this.ask(text)}>${text}</button></li>`)}</ul>
      </div>`;
  }

  turn(turn) {
    return html`
      <article class="turn">
        ${turn.content ? html`<div class="question"><h2 class="visually-hidden">Question</h2>${turn.content}</div>` : ''}
        <div class="answer" aria-busy=${!turn.done}>
          ${turn.text ? html`<div class="text">${markdown(turn.text)}</div>` : ''}
          ${turn.status && !turn.done ? html`<p class="status"><span class="pulse"></span>${turn.status}</p>` : ''}
          ${turn.cancelled ? html`<p class="status">Stopped.</p>` : ''}
          ${turn.error ? html`<p class="error" role="alert">${turn.error}</p>` : ''}
          ${repeat(turn.widgets, widget => widget.widget_id, widget => html`
            <widget-view .descriptor=${widget} .readOnly=${this.readOnly}
              .expired=${this.transcript.expired.has(widget.widget_id)}></widget-view>`)}
          ${turn.citations.length ? html`
            <citation-list .citations=${turn.citations} .readOnly=${this.readOnly}
              .path=${`/api/conversations/${this.openId}/turns/${turn.turnId}`}></citation-list>` : ''}
        </div>
      </article>`;
  }
}

customElements.define('chat-view', ChatView);
