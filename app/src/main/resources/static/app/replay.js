import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { call } from './api.js';
import { dateTime, number, t, time } from './language.js';
import { Transcript } from './transcript.js';
import './turn-view.js';
import './turn-reasons.js';

const PACES = { 1: 'original pace', 4: '4 × faster', 20: '20 × faster' };
const LONGEST_PAUSE = 4000;

/** A conversation's story: its events in order, and beside them exactly what the client saw until then. */
class ReplayPage extends PageElement {
  static properties = {
    conversationId: {}, startAt: {}, steps: { state: true }, place: { state: true }, playing: { state: true },
    pace: { state: true }, error: { state: true }, why: { state: true }, transcript: { state: true },
  };

  constructor() {
    super();
    this.pace = 1;
    this.transcript = new Transcript();
  }

  willUpdate(changed) {
    if (changed.has('conversationId')) this.load();
  }

  disconnectedCallback() {
    this.pause();
    super.disconnectedCallback();
  }

  async load() {
    const path = `/api/conversations/${this.conversationId}`;
    try {
      const [timeline, state] = await Promise.all([call('GET', `${path}/timeline`), call('GET', `${path}/replay`)]);
      this.state = state;
      this.steps = timeline.steps;
      const start = this.startAt === null ? this.steps.length - 1 : this.steps.findLastIndex(step => step.seq <= this.startAt);
      this.goTo(Math.max(0, start));
    } catch (failure) {
      this.error = failure.message;
    }
  }

  /** Builds up what the client saw until a place, from the frames alone. */
  goTo(place) {
    this.place = Math.min(Math.max(0, place), this.steps.length - 1);
    const transcript = new Transcript();
    const questions = new Map(this.state.turns.map(turn => [turn.turn_id, turn.content]));
    for (const step of this.steps.slice(0, this.place + 1)) {
      if (step.type === 'turn-submitted') transcript.turn(step.turn_id, questions.get(step.turn_id));
      if (step.frame) transcript.apply(step.frame);
    }
    this.transcript = transcript;
  }

  play() {
    if (this.place >= this.steps.length - 1) this.goTo(0);
    this.playing = true;
    this.next();
  }

  next() {
    if (this.place >= this.steps.length - 1) {
      this.playing = false;
      return;
    }
    const wait = Date.parse(this.steps[this.place + 1].at) - Date.parse(this.steps[this.place].at);
    this.timer = setTimeout(() => {
      this.goTo(this.place + 1);
      if (this.playing) this.next();
    }, Math.min(Math.max(0, wait), LONGEST_PAUSE) / this.pace);
  }

  pause() {
    clearTimeout(this.timer);
    this.playing = false;
  }

  jump(place) {
    this.pause();
    this.goTo(place);
  }

  async fork() {
    this.error = null;
    try {
      const { conversation_id: id } = await call('POST', `/api/conversations/${this.conversationId}/fork`,
        { at_seq: this.steps[this.place].seq });
      window.dispatchEvent(new Event('conversations-changed'));
      location.hash = `#/c/${id}`;
    } catch (failure) {
      this.error = failure.message;
    }
  }

  render() {
    if (!this.steps) {
      return this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : html`<p class="hint">${t('Loading…')}</p>`;
    }
    const step = this.steps[this.place];
    return html`
      <h1 dir="auto">${t('Replay: {title}', { title: this.state.title ?? this.state.turns[0]?.content ?? t('Conversation') })}</h1>
      <p class="hint">${t('Of {person}.', { person: this.state.owner })}${this.state.origin ? html` ${t('Forked from')}
        <a href="#/replay/${this.state.origin.conversation_id}?at=${this.state.origin.seq}">${t('another conversation at {seq}', { seq: this.state.origin.seq })}</a>.` : ''}
        <a href="#/c/${this.conversationId}">${t('Open the conversation')}</a></p>
      ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
      ${this.controls(step)}
      <div class="replay">
        <ol class="timeline" aria-label=${t('Events')}>
          ${repeat(this.steps, each => each.seq, (each, place) => html`
            <li><button class=${each.frame ? '' : 'unseen'} aria-current=${place === this.place ? 'step' : 'false'}
              @click=${() => this.jump(place)}>
              <span>${each.seq}</span> ${each.type}
              <small>${time(each.at)} · ${each.frame ? each.frame.type : t('not seen')}</small></button></li>`)}
        </ol>
        <section class="seen" aria-label=${t('What the client saw')}>
          ${this.transcript.turns.length ? '' : html`<p class="hint">${t('The client had seen nothing yet.')}</p>`}
          ${repeat(this.transcript.standing, turn => turn.turnId, turn => html`
            <turn-view .turn=${turn} .version=${turn.version} .transcript=${this.transcript}
              .conversationId=${this.conversationId} .readOnly=${true}></turn-view>
            <p><button @click=${() => { this.why = this.why === turn.turnId ? null : turn.turnId; }}
              aria-expanded=${this.why === turn.turnId}>${t('Why this answer?')}</button></p>
            ${this.why === turn.turnId ? html`
              <turn-reasons .conversationId=${this.conversationId} .turnId=${turn.turnId}></turn-reasons>` : ''}`)}
        </section>
      </div>`;
  }

  controls(step) {
    return html`
      <div class="toolbar" role="group" aria-label=${t('Player')}>
        <button @click=${() => this.jump(0)} aria-label=${t('To the beginning')}>⏮</button>
        <button @click=${() => this.jump(this.place - 1)} aria-label=${t('One event back')} ?disabled=${this.place === 0}>◀</button>
        ${this.playing
          ? html`<button class="primary" @click=${this.pause}>${t('Pause')}</button>`
          : html`<button class="primary" @click=${this.play}>${t('Play')}</button>`}
        <button @click=${() => this.jump(this.place + 1)} aria-label=${t('One event on')}
          ?disabled=${this.place === this.steps.length - 1}>▶</button>
        <label class="choice">${t('Pace')} <select @change=${event => { this.pace = Number(event.target.value); }}>
          ${Object.entries(PACES).map(([pace, label]) => html`<option value=${pace}>${t(label)}</option>`)}</select></label>
        <label class="slider"><span class="visually-hidden">${t('Place')}</span>
          <input type="range" min="0" max=${this.steps.length - 1} .value=${String(this.place)}
            @input=${event => this.jump(Number(event.target.value))}></label>
        <span role="status">${number(step.seq)} · ${step.type} · ${dateTime(step.at)}</span>
        <button @click=${this.fork}>${t('Fork here')}</button>
      </div>`;
  }
}

customElements.define('replay-page', ReplayPage);
