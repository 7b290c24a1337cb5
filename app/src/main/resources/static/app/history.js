import { call } from './api.js';
import { Transcript } from './transcript.js';

const TURNS = 20;
const MANY = 100;
const LOOK_AGAIN = 100;

/** The past of a conversation, loaded from its end backwards, as far as it is looked at. */
export class History {
  loading = null;
  transcript = new Transcript();

  constructor(conversationId) {
    this.path = `/api/conversations/${conversationId}`;
  }

  /** Loads the conversation with its last turns. */
  async open() {
    this.transcript = Transcript.of(await call('GET', `${this.path}?last=${TURNS}`));
  }

  get hasEarlier() {
    return this.transcript.begins > 0;
  }

  /** Loads the turns before those that are here; a second call while that goes on waits for the first. */
  earlier(limit = TURNS) {
    this.loading ??= this.#load(limit).finally(() => { this.loading = null; });
    return this.loading;
  }

  /** Loads what was before until a widget is there, and waits for answers that may still bring it. */
  async reach(widgetId, isLive) {
    while (!this.transcript.shows(widgetId)) {
      if (this.hasEarlier) await this.earlier(MANY);
      else if (isLive() && this.transcript.turns.every(turn => turn.done)) return false;
      else await new Promise(resolve => { setTimeout(resolve, LOOK_AGAIN); });
    }
    return true;
  }

  async #load(limit) {
    const end = this.transcript.begins;
    const page = await call('GET', `${this.path}/turns?before=${end}&limit=${limit}`);
    const frames = page.turns.length ? await this.#frames(page.turns[0].seq - 1, end) : [];
    this.transcript.prepend(page, frames);
  }

  async #frames(after, before) {
    const { frames, next } = await call('GET', `${this.path}/frames?after=${after}&before=${before}`);
    return next === undefined ? frames : [...frames, ...await this.#frames(next, before)];
  }

  /** The questions of the last turns, which frames do not carry. */
  async questions() {
    const { turns } = await call('GET', `${this.path}?last=${TURNS}`);
    turns.filter(turn => this.transcript.has(turn.turn_id)).forEach(turn => this.transcript.turn(turn.turn_id, turn.content));
  }
}
