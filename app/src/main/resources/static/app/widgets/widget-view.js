import { html } from 'lit';
import { PageElement } from '../element.js';
import { call } from '../api.js';
import './chart-widget.js';
import './table-widget.js';
import './form-widget.js';
import './card-widget.js';
import './navigation-widget.js';
import './custom-widget.js';
import './confirm-dialog.js';

const DRILL_DOWN = '/api/data/drilldown';
const PAGE = '/api/data/page';

/**
 * A widget of any kind, with its actions. Invoking one shows that it runs, cannot be done twice at once, and says what
 * came of it; a new widget arrives as a frame.
 */
class WidgetView extends PageElement {
  static properties = {
    descriptor: {}, readOnly: { type: Boolean }, expired: { type: Boolean }, running: { state: true },
    message: { state: true }, error: { state: true }, fieldErrors: { state: true },
  };

  get actions() {
    const usable = Array.isArray(this.descriptor.actions) && !this.readOnly && !this.expired;
    return usable ? this.descriptor.actions : [];
  }

  action(test) {
    return this.actions.find(test);
  }

  /** Runs an action and answers with its result, or null when it failed. */
  async invoke(action, params = {}) {
    if (this.running) return null;
    if (action.params?.confirm && !(await this.confirmed(action))) return null;
    this.running = action.action_id;
    this.message = null;
    this.error = null;
    this.fieldErrors = [];
    try {
      const result = await this.send(action, params);
      this.done(result);
      return result;
    } catch (failure) {
      this.error = failure.message;
      this.fieldErrors = failure.fieldErrors;
      return null;
    } finally {
      this.running = null;
    }
  }

  send(action, params) {
    return call('POST', '/api/widget/action', {
      widget_id: this.descriptor.widget_id,
      action_id: action.action_id,
      invocation_id: crypto.randomUUID(),
      params,
    });
  }

  /** Lets the person decide; the server runs the action only after their yes has reached it. */
  async confirmed(action) {
    const dialog = this.action(other => other.type === 'dialog' && other.params?.confirms === action.action_id);
    if (!dialog) return true;
    const confirmed = await this.querySelector('confirm-dialog').ask(dialog.params);
    try {
      await this.send(dialog, { confirmed });
    } catch (failure) {
      this.error = failure.message;
      return false;
    }
    return confirmed;
  }

  done(result) {
    switch (result.type) {
      case 'download': {
        const link = document.createElement('a');
        link.href = result.url;
        link.download = result.filename;
        link.click();
        this.message = `${result.filename} is ready (${result.bytes.toLocaleString()} bytes).`;
        break;
      }
      case 'navigate': {
        const params = new URLSearchParams(result.params ?? {});
        location.hash = `#${result.route}${params.size ? `?${params}` : ''}`;
        break;
      }
      case 'success': this.message = result.message; break;
      default: this.message = null;
    }
  }

  /** What was chosen, by the dimensions the data is broken down by; a single one goes by its label alone. */
  drill(labels) {
    const action = this.action(candidate => candidate.params?.endpoint === DRILL_DOWN);
    const dimensions = action.params.dimensions ?? [];
    const chosen = dimensions.map((dimension, place) => [dimension, labels[place]]).filter(([, label]) => label !== undefined);
    this.invoke(action, chosen.length > 1 ? { selected_item: Object.fromEntries(chosen) } : { selected_item: labels[0] });
  }

  drillRow(row) {
    const action = this.action(candidate => candidate.params?.endpoint === DRILL_DOWN);
    this.drill((action.params.dimensions ?? []).map(dimension => String(row[dimension])));
  }

  async page(asked) {
    const action = this.action(candidate => candidate.params?.endpoint === PAGE);
    const result = await this.send(action, asked);
    return result.data;
  }

  render() {
    const buttons = this.actions.filter(action =>
      action.type === 'download' || (action.type === 'api_call' && action.params?.endpoint !== PAGE));
    return html`
      <section class="widget" aria-label=${this.descriptor.data?.title ?? this.descriptor.widget_type}>
        ${this.content()}
        ${this.message ? html`<p class="done" role="status">${this.message}</p>` : ''}
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
        ${this.expired ? html`<p class="hint">This widget has expired. Please ask again.</p>` : ''}
        ${buttons.length ? html`
          <div class="actions">
            ${buttons.map(action => html`
              <button ?disabled=${Boolean(this.running)} aria-busy=${this.running === action.action_id}
                      @click=${() => this.invoke(action)}>
                ${this.running === action.action_id ? 'Working…' : action.label}
              </button>`)}
          </div>` : ''}
        <confirm-dialog></confirm-dialog>
      </section>`;
  }

  content() {
    const data = this.descriptor.data ?? {};
    const mayDrill = this.action(action => action.params?.endpoint === DRILL_DOWN);
    const drill = mayDrill ? labels => this.drill(labels) : null;
    switch (this.descriptor.widget_type) {
      case 'chart': return html`<chart-widget .data=${data} .drill=${drill}></chart-widget>`;
      case 'table': return html`
        <table-widget .data=${data} .drill=${mayDrill ? row => this.drillRow(row) : null}
          .fetchPage=${this.action(action => action.params?.endpoint === PAGE) ? asked => this.page(asked) : null}></table-widget>`;
      case 'form': return html`
        <form-widget .data=${data} .fieldErrors=${this.fieldErrors ?? []} .busy=${Boolean(this.running)}
          .readOnly=${this.readOnly || this.expired} @form-submitted=${event => this.submit(event.detail)}></form-widget>`;
      case 'card': return html`<card-widget .data=${data}></card-widget>`;
      case 'navigation':
      case 'navigation_card': return html`
        <navigation-widget .data=${data} .readOnly=${this.readOnly || this.expired}
          @route-chosen=${event => this.open(event.detail)}></navigation-widget>`;
      case 'custom': return html`<custom-widget .data=${data} .drill=${drill} .readOnly=${this.readOnly}></custom-widget>`;
      default: return html`<p class="error">This page cannot show a widget of type "${this.descriptor.widget_type}".</p>`;
    }
  }

  submit(values) {
    const action = this.action(candidate => candidate.type === 'submit');
    if (action) this.invoke(action, { form_data: values });
  }

  open(route) {
    const action = this.action(candidate => candidate.type === 'navigate' && candidate.params?.route === route);
    if (action) this.invoke(action);
  }
}

customElements.define('widget-view', WidgetView);
