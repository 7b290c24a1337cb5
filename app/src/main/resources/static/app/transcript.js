/** A conversation built up from its frames: turns in order, each with what was asked and what came back. */
export class Transcript {
  turns = [];
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

  #show(turn, widget) {
    turn.status = null;
    if (widget?.widget_id && !turn.widgets.some(shown => shown.widget_id === widget.widget_id)) {
      turn.widgets.push(widget);
    }
  }
}
