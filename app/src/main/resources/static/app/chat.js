import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { call } from './api.js';
import { Connection } from './connection.js';
import { History } from './history.js';
import { t } from './language.js';
import { ReadingPlace } from './reading-place.js';
import { Transcript } from './transcript.js';
import './filter-bar.js';
import './question-box.js';
import './suggestion-list.js';
import './turn-view.js';

const CONNECTION = {
  connecting: 'Connecting…',
  reconnecting: 'Connection interrupted. Reconnecting…',
  lost: 'Connection lost. Please refresh.',
};

/** So many turns are kept before a new question begins from the end of the conversation again. */
const MOST_TURNS = 60;

/** One short sentence when something begins or ends, not each word of it. */
const announcement = (running, last) => t(running ? running.status ?? '' : last?.done ? 'Answer complete.' : '');

/** A conversation: its turns, and where the next question is typed. */
class ChatView extends PageElement {
  static properties = {
    conversationId: {}, widgetId: {}, readOnly: { type: Boolean }, connection: { state: true },
    error: { state: true }, loadingEarlier: { state: true },
  };

  constructor() {
    super();
    this.transcript = new Transcript();
  }

  willUpdate(changed) {
    if (changed.has('conversationId') && this.conversationId !== this.openId) this.open();
    else if (changed.has('widgetId') && this.widgetId) this.goToWidget();
  }

  firstUpdated() {
    this.place = new ReadingPlace({
      content: this.querySelector('.transcript'),
      beginning: this.querySelector('.beginning'),
      onBeginning: () => this.loadEarlier(),
    });
    this.place.follows = !this.widgetId;
  }

  disconnectedCallback() {
    this.place?.leave();
    this.link?.close();
    super.disconnectedCallback();
  }

  /** Opens the conversation; one that was begun just now has no past to load. */
  async open(begun = false) {
    this.link?.close();
    const id = this.conversationId;
    // What was not asked in another conversation is not asked in this one.
    Object.assign(this, { openId: id, link: null, transcript: new Transcript(), history: null, error: null, waiting: null, sent: null });
    this.follow(!this.widgetId);
    if (!id) return;
    const past = new History(id);
    try {
      if (!begun) await past.open();
    } catch (failure) {
      if (this.openId === id) this.error = failure.message;
      return;
    }
    if (this.openId !== id) return;
    this.history = past;
    this.transcript = past.transcript;
    this.connect(id, this.transcript.begins - 1);
    this.requestUpdate();
    if (this.widgetId) this.goToWidget();
  }

  follow(follows) {
    if (this.place) this.place.follows = follows;
  }

  connect(id, after) {
    this.link = new Connection(id, {
      after: Math.max(after, -1),
      onFrame: frame => this.received(frame),
      onError: error => this.refused(error),
      onStatus: status => this.turned(status),
    });
  }

  /** What could not be asked while the connection was away is asked when it is back. */
  turned(status) {
    const back = status === 'connected' && this.connection === 'reconnecting';
    this.connection = status;
    this.flush();
    if (back) {
      this.error = null;
      window.dispatchEvent(new Event('conversations-changed'));
      if (this.transcript.lacksQuestions) this.loadQuestions();
    }
  }

  received(frame) {
    this.transcript.apply(frame);
    if (frame.turn_id === this.sent?.turn_id) this.sent = null;
    if (this.transcript.lacksQuestions && !this.questionsTimer) {
      this.questionsTimer = setTimeout(() => this.loadQuestions(), 300);
    }
    if (frame.type === 'done') window.dispatchEvent(new Event('conversations-changed'));
    if (frame.content?.event === 'conversation_renamed') {
      window.dispatchEvent(new CustomEvent('conversation-renamed', { detail: { id: this.openId, title: this.transcript.title } }));
    }
    this.requestUpdate();
  }

  /** What was not taken in is given back, so that nothing typed is lost. */
  refused(error) {
    if (error?.invocation_id) return;
    this.error = error?.message ?? 'The connection was refused.';
    const unasked = this.sent ?? this.waiting;
    if (unasked) {
      this.transcript.drop(unasked.turn_id);
      this.querySelector('question-box')?.giveBack(unasked.content);
      this.sent = null;
      this.waiting = null;
      this.requestUpdate();
    }
  }

  async loadQuestions() {
    this.questionsTimer = null;
    try {
      await this.history?.questions();
      this.requestUpdate();
    } catch (failure) {
      if (failure.code !== 'conversation_not_found') this.error = failure.message;
    }
  }

  async loadEarlier() {
    if (!this.history?.hasEarlier || this.loadingEarlier) return;
    this.loadingEarlier = true;
    try {
      await this.place.keep(async () => {
        await this.history.earlier();
        this.requestUpdate();
        await this.updateComplete;
      });
    } catch (failure) {
      this.error = failure.message;
      return;
    } finally {
      this.loadingEarlier = false;
    }
    await this.updateComplete;
    if (this.place.isNearBeginning) this.loadEarlier();
  }

  /** Goes to a widget that a link names, however far back it is. */
  async goToWidget() {
    if (!this.history) return;
    const id = this.widgetId;
    this.follow(false);
    const there = await this.history.reach(id, () => this.connection === 'connected');
    if (this.widgetId !== id || !this.isConnected) return;
    this.requestUpdate();
    await this.updateComplete;
    await new Promise(requestAnimationFrame);
    const widget = this.querySelector(`#widget-${CSS.escape(id)}`);
    if (!there || !widget) {
      this.error = 'This widget is not in the conversation.';
      return;
    }
    widget.scrollIntoView({ block: 'start' });
    widget.point();
  }

  async ask(question, replaces = undefined) {
    this.error = null;
    try {
      if (!this.openId) await this.begin();
      else if (this.transcript.turns.length > MOST_TURNS && !replaces) await this.open();
      this.follow(true);
      const turnId = crypto.randomUUID();
      this.transcript.turn(turnId, question);
      this.waiting = { turn_id: turnId, content: question, replaces };
      this.requestUpdate();
      this.flush();
    } catch (failure) {
      this.error = failure.message;
      this.querySelector('question-box')?.giveBack(question);
    }
  }

  async begin() {
    const { conversation_id: id } = await call('POST', '/api/conversations', {});
    this.conversationId = id;
    await this.open(true);
    history.replaceState(null, '', `#/c/${id}`);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }

  /** Sends the question once there is a connection; its id makes sending it again harmless. */
  flush() {
    if (this.waiting && this.connection === 'connected' && this.link?.send('turns', this.waiting)) {
      this.sent = this.waiting;
      this.waiting = null;
    } else if (this.sent && this.connection === 'connected') {
      this.link?.send('turns', this.sent); // Cut off before anything came back.
    }
  }

  render() {
    const turns = this.transcript.standing;
    const running = turns.findLast(turn => !turn.done);
    return html`
      ${this.openId ? html`<h1 class="visually-hidden">${this.transcript.title ?? t('Conversation')}</h1>` : ''}
      <section class="transcript" aria-label=${t('Conversation')} @question-chosen=${event => this.ask(event.detail)}
        @question-edited=${event => this.ask(event.detail.content, event.detail.turnId)}>
        <div class="beginning">${this.loadingEarlier ? html`<p class="hint" role="status">${t('Loading earlier turns…')}</p>` : ''}</div>
        ${this.openId ? '' : this.readOnly
          ? html`<h1>${t('Conversations')}</h1><p class="hint">${t('Choose one from the list.')}</p>`
          : html`<suggestion-list></suggestion-list>`}
        ${repeat(turns, turn => turn.turnId, turn => html`
          <turn-view .turn=${turn} .version=${turn.version} .transcript=${this.transcript}
            .conversationId=${this.openId} .readOnly=${this.readOnly}></turn-view>`)}
      </section>
      <p class="visually-hidden" role="status">${announcement(running, turns.at(-1))}</p>
      ${this.openId && CONNECTION[this.connection]
        ? html`<p class="connection" role="status">${t(CONNECTION[this.connection])}</p>` : ''}
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      ${this.openId ? html`
        <p class="hint"><a href="#/replay/${this.openId}">${t('Replay this conversation')}</a></p>
        <filter-bar .state=${this.transcript.state} .readOnly=${this.readOnly}
          @state-changed=${event => this.link?.send('state', event.detail)}></filter-bar>` : ''}
      ${this.readOnly ? '' : html`
        <question-box .conversationId=${this.openId ?? null} .running=${Boolean(running && running.status !== null && !this.waiting)}
          @question-asked=${event => this.ask(event.detail)}
          @answer-stopped=${() => this.link?.send(`turns/${running.turnId}/cancel`, {})}></question-box>`}`;
  }
}

customElements.define('chat-view', ChatView);
