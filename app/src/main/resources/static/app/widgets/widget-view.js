import { html } from 'lit';
import { PageElement } from '../element.js';
import { call } from '../api.js';
import { number, t } from '../language.js';
import { forget, watch } from './mounted.js';
import './chart-widget.js';
import './table-widget.js';
import './form-widget.js';
import './card-widget.js';
import './navigation-widget.js';
import './custom-widget.js';
import './confirm-dialog.js';

const DRILL_DOWN = '/api/data/drilldown';
const PAGE = '/api/data/page';

/** What takes room and work to draw, and nothing of it is lost when it is drawn again. */
const DRAWN_WHEN_NEAR = ['chart', 'table', 'custom'];

/**
 * A widget of any kind, with its actions. Invoking one shows that it runs, cannot be done twice at once, and says what
 * came of it; a new widget arrives as a frame.
 */
class WidgetView extends PageElement {
  static properties = {
    descriptor: {}, readOnly: { type: Boolean }, expired: { type: Boolean }, conversationId: {}, drawn: { state: true },
    running: { state: true }, message: { state: true }, error: { state: true }, fieldErrors: { state: true },
    refused: { state: true }, over: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.refused ??= new Set();
    watch(this);
  }

  disconnectedCallback() {
    forget(this);
    super.disconnectedCallback();
  }

  /** Leaves an empty place of the same height. */
  putAway() {
    this.height = this.querySelector('.content')?.offsetHeight;
    this.drawn = false;
  }

  get isOver() {
    return this.expired || this.over || Date.parse(this.descriptor.metadata?.expires_at) < Date.now();
  }

  get actions() {
    const usable = Array.isArray(this.descriptor.actions) && !this.readOnly && !this.isOver;
    return usable ? this.descriptor.actions.filter(action => action?.action_id) : [];
  }

  action(test) {
    return this.actions.find(action => test(action) && !this.refused.has(action.action_id));
  }

  /** Runs an action and answers with its result, or null when it failed. */
  async invoke(action, params = {}) {
    if (this.running) return null;
    this.running = action.action_id;
    this.message = null;
    this.error = null;
    this.fieldErrors = [];
    try {
      if (action.params?.confirm && !(await this.confirmed(action))) return null;
      const result = await this.send(action, params);
      this.done(result);
      return result;
    } catch (failure) {
      this.failed(action, failure);
      return null;
    } finally {
      this.running = null;
    }
  }

  failed(action, failure) {
    this.error = failure.message;
    this.fieldErrors = failure.fieldErrors;
    if (failure.code === 'not_permitted') this.refused = new Set([...this.refused, action.action_id]);
    if (failure.code === 'widget_expired') this.over = true;
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
    await this.send(dialog, { confirmed });
    return confirmed;
  }

  done(result) {
    switch (result.type) {
      case 'download': {
        const link = document.createElement('a');
        link.href = result.url;
        link.download = result.filename;
        link.click();
        this.message = t('{file} is ready ({bytes} bytes).', { file: result.filename, bytes: number(result.bytes) });
        break;
      }
      case 'navigate': {
        const params = new URLSearchParams(result.params ?? {});
        location.hash = `#${result.route}${params.size ? `?${params}` : ''}`;
        break;
      }
      case 'success': this.message = t(result.message); break;
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

  submit(values) {
    const action = this.action(candidate => candidate.type === 'submit');
    if (action) this.invoke(action, { form_data: values });
  }

  open(route) {
    const action = this.action(candidate => candidate.type === 'navigate' && candidate.params?.route === route);
    if (action) this.invoke(action);
  }

  /** Draws attention to itself: a link led here. */
  point() {
    const section = this.querySelector('section');
    section.classList.add('pointed-at');
    section.focus({ preventScroll: true });
  }

  render() {
    const heavy = DRAWN_WHEN_NEAR.includes(this.descriptor.widget_type);
    const title = this.descriptor.data?.title ?? this.descriptor.widget_type ?? t('Widget');
    return html`
      <section class="widget" tabindex="-1" aria-label=${String(title)}>
        <div class="content">${heavy && !this.drawn ? this.emptyPlace() : this.content()}</div>
        ${this.message ? html`<p class="done" role="status">${this.message}</p>` : ''}
        ${this.error ? html`<p class="error" role="alert">${t(this.error)}</p>` : ''}
        ${this.isOver ? html`<p class="hint over">${t('This widget has expired. Please ask again.')}</p>` : ''}
        ${this.buttons()}
        <confirm-dialog></confirm-dialog>
      </section>`;
  }

  emptyPlace() {
    return html`<div class="skeleton" .style=${`min-height: ${this.height ?? 320}px`} role="img" aria-label=${t('Not drawn yet')}></div>`;
  }

  buttons() {
    const buttons = this.actions.filter(action =>
      action.type === 'download' || (action.type === 'api_call' && action.params?.endpoint !== PAGE));
    return html`
      <div class="actions">
        <a class="button quiet" href="#/c/${this.conversationId}/w/${this.descriptor.widget_id}">${t('Link')}
          <span class="visually-hidden">${t('to this widget')}</span></a>
        ${buttons.map(action => html`
          <button ?disabled=${Boolean(this.running) || this.refused.has(action.action_id)}
                  aria-busy=${this.running === action.action_id} @click=${() => this.invoke(action)}>
            ${this.running === action.action_id ? t('Working…') : t(action.label)}
          </button>`)}
      </div>`;
  }

  content() {
    const data = this.descriptor.data ?? {};
    const mayDrill = this.action(action => action.params?.endpoint === DRILL_DOWN);
    const drill = mayDrill ? labels => this.drill(labels) : null;
    const fixed = this.readOnly || this.isOver;
    switch (this.descriptor.widget_type) {
      case 'chart': return html`<chart-widget .data=${data} .drill=${drill}></chart-widget>`;
      case 'table': return html`
        <table-widget .data=${data} .drill=${mayDrill ? row => this.drillRow(row) : null}
          .fetchPage=${this.action(action => action.params?.endpoint === PAGE) ? asked => this.page(asked) : null}></table-widget>`;
      case 'form': return html`
        <form-widget .data=${data} .fieldErrors=${this.fieldErrors ?? []} .busy=${Boolean(this.running)}
          .readOnly=${fixed} @form-submitted=${event => this.submit(event.detail)}></form-widget>`;
      case 'card': return html`<card-widget .data=${data}></card-widget>`;
      case 'navigation':
      case 'navigation_card': return html`
        <navigation-widget .data=${data} .readOnly=${fixed} @route-chosen=${event => this.open(event.detail)}></navigation-widget>`;
      case 'custom': return html`<custom-widget .data=${data} .drill=${drill} .readOnly=${this.readOnly}></custom-widget>`;
      default: return html`<p class="error">${t('This page cannot show a widget of type "{type}".', { type: this.descriptor.widget_type })}</p>`;
    }
  }
}

customElements.define('widget-view', WidgetView);
