/**
 * A conversation built up from its turns and frames: each turn with what was asked and what came back. Turns before the
 * first one that was loaded are added when they are looked for; what comes in for them until then is kept.
 */
export class Transcript {
  turns = [];
  title = null;

  /** What the clients of the conversation share: active filters, selected days, active sources. */
  state = {};

  /** The widgets whose time is over. */
  expired = new Set();
  #byId = new Map();
  #early = new Map();

  /** The place of the first turn that is here; what has a lower one belongs to turns that are not. */
  #begins = -1;

  /** The place up to which all turns were known when it was opened. */
  #opened = -1;

  /** Begins with the last turns of a conversation as it stands. */
  static of({ summary, state, turns, has_earlier: hasEarlier }) {
    const transcript = new Transcript();
    transcript.title = summary.title ?? null;
    transcript.state = state;
    transcript.#begins = hasEarlier ? turns[0].seq : -1;
    transcript.#opened = summary.last_seq;
    transcript.turns = transcript.#known(turns);
    return transcript;
  }

  get begins() {
    return this.#begins;
  }

  /** Those that were not asked anew. */
  get standing() {
    return this.turns.filter(turn => !turn.replacedBy);
  }

  /** The turns that another one stands in place of. */
  replacedBy(turnId) {
    return this.turns.filter(turn => turn.replacedBy === turnId);
  }

  shows(widgetId) {
    return this.turns.some(turn => turn.widgets.some(widget => widget.widget_id === widgetId));
  }

  has(turnId) {
    return this.#byId.has(turnId);
  }

  /** A turn, which is new when there was none; its `version` grows with each change of it. */
  turn(turnId, content) {
    let turn = this.#byId.get(turnId);
    if (!turn) {
      turn = this.#make(turnId);
      this.turns.push(turn);
    }
    if (content && content !== turn.content) {
      turn.content = content;
      turn.version += 1;
    }
    return turn;
  }

  #make(turnId, content = null, replacedBy = null) {
    const turn = {
      turnId, content, status: null, text: '', widgets: [], citations: [], error: null, done: false, replacedBy, version: 0,
    };
    this.#byId.set(turnId, turn);
    return turn;
  }

  #known(turns) {
    return turns.map(turn => this.#make(turn.turn_id, turn.content, turn.replaced_by));
  }

  /** Takes in turns from before, with the frames that came for them while they were talked about. */
  prepend({ turns, has_earlier: hasEarlier }, frames) {
    this.#begins = hasEarlier && turns.length ? turns[0].seq : -1;
    const known = this.#known(turns);
    this.turns = [...known, ...this.turns];
    known.forEach(turn => this.#touch(turn.replacedBy));
    frames.filter(frame => frame.turn_id).forEach(frame => this.apply(frame));
    known.forEach(({ turnId }) => {
      (this.#early.get(turnId) ?? []).forEach(frame => this.apply(frame));
      this.#early.delete(turnId);
    });
  }

  /** What a client said that was never taken in. */
  drop(turnId) {
    this.#byId.delete(turnId);
    this.turns = this.turns.filter(turn => turn.turnId !== turnId);
  }

  /** Whether a turn's question is not known here: another client asked it. */
  get lacksQuestions() {
    return this.turns.some(turn => turn.content === null);
  }

  apply(frame) {
    if (frame.type === 'state') this.#change(frame.content ?? {});
    if (!frame.turn_id) return;
    // A new turn begins with a status; anything else for a turn that is not here belongs to an earlier one.
    const isNew = frame.seq > this.#opened && frame.type === 'status';
    if (!this.#byId.has(frame.turn_id) && this.#begins > 0 && !isNew) {
      this.#early.set(frame.turn_id, [...(this.#early.get(frame.turn_id) ?? []), frame]);
      return;
    }
    const turn = this.turn(frame.turn_id);
    turn.version += 1;
    switch (frame.type) {
      case 'status': turn.status = String(frame.content ?? ''); break;
      case 'text': turn.text += String(frame.content ?? ''); turn.status = null; break;
      case 'widget': this.#show(turn, frame.content); break;
      case 'citations': turn.citations = Array.isArray(frame.content) ? frame.content.filter(Boolean) : []; break;
      case 'action_result':
        if (frame.content?.type === 'new_widget') this.#show(turn, frame.content.widget);
        break;
      case 'error':
        if (!frame.content?.invocation_id) {
          turn.error = frame.content?.message ?? 'This could not be answered.';
          turn.done = true;
        }
        break;
      case 'done':
        turn.done = true;
        turn.status = null;
        turn.cancelled = frame.content?.outcome === 'cancelled';
        break;
      default: // A kind of frame this page does not know.
    }
  }

  #touch(turnId) {
    if (this.#byId.has(turnId)) this.#byId.get(turnId).version += 1;
  }

  #change({ event, data }) {
    const { key, value, widget_id: widgetId } = data ?? {};
    switch (event) {
      case 'filter_update': {
        const { [key]: dropped, ...others } = this.state.active_filters ?? {};
        const cleared = value === undefined || value === null;
        this.state = {
          ...this.state,
          active_filters: cleared ? (key === 'all' ? {} : others) : { ...others, [key]: value },
        };
        break;
      }
      case 'date_range_update': this.state = { ...this.state, selected_date_range: value ?? null }; break;
      case 'sources_update': this.state = { ...this.state, active_data_sources: value ?? [] }; break;
      case 'widget_expired':
        this.expired.add(widgetId);
        this.turns.filter(turn => turn.widgets.some(widget => widget.widget_id === widgetId)).forEach(turn => { turn.version += 1; });
        break;
      case 'conversation_renamed': this.title = String(data?.title ?? ''); break;
      case 'turns_replaced':
        (data?.turn_ids ?? []).filter(id => this.#byId.has(id)).forEach(id => { this.turn(id).replacedBy = data.by; });
        this.#touch(data?.by);
        break;
      default: // A change this page does not show.
    }
  }

  #show(turn, widget) {
    turn.status = null;
    if (widget?.widget_id && !turn.widgets.some(shown => shown.widget_id === widget.widget_id)) {
      turn.widgets.push(widget);
    }
  }
}
