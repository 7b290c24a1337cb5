/** A conversation built up from its frames: turns in order, each with what was asked and what came back. */
export class Transcript {
  turns = [];

  /** What the clients of the conversation share: active filters, selected days, active sources. */
  state = {};

  /** The widgets whose time is over. */
  expired = new Set();
  #byId = new Map();

  turn(turnId, content) {
    let turn = this.#byId.get(turnId);
    if (!turn) {
      turn = { turnId, content: null, status: null, text: '', widgets: [], citations: [], error: null, done: false };
      this.#byId.set(turnId, turn);
      this.turns.push(turn);
    }
    if (content) turn.content = content;
    return turn;
  }

  /** Whether a turn's question is not known here: another client asked it. */
  get lacksQuestions() {
    return this.turns.some(turn => turn.content === null);
  }

  apply(frame) {
    if (frame.type === 'state') this.#change(frame.content ?? {});
    if (!frame.turn_id) return;
    const turn = this.turn(frame.turn_id);
    switch (frame.type) {
      case 'status': turn.status = String(frame.content); break;
      case 'text': turn.text += String(frame.content); turn.status = null; break;
      case 'widget': this.#show(turn, frame.content); break;
      case 'citations': turn.citations = Array.isArray(frame.content) ? frame.content : []; break;
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
      case 'widget_expired': this.expired.add(widgetId); break;
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
