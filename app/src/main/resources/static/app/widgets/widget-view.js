import { html } from 'lit';
import { PageElement } from '../element.js';
import { call } from '../api.js';
import './chart-widget.js';
import './table-widget.js';
import './form-widget.js';
import './card-widget.js';
import './navigation-widget.js';

/**
 * A widget of any kind, with its actions. Invoking one shows that it runs, cannot be done twice at once, and says what
 * came of it; a new widget arrives as a frame.
 */
class WidgetView extends PageElement {
  static properties = {
    descriptor: {}, readOnly: { type: Boolean }, running: { state: true }, message: { state: true },
    error: { state: true }, fieldErrors: { state: true },
  };

  get actions() {
    return Array.isArray(this.descriptor.actions) && !this.readOnly ? this.descriptor.actions : [];
  }

  get drillDown() {
    return this.actions.find(action => action.params?.endpoint === '/api/data/drilldown');
  }

  async invoke(action, params = {}) {
    if (this.running) return;
    this.running = action.action_id;
    this.message = null;
    this.error = null;
    this.fieldErrors = [];
    try {
      const result = await call('POST', '/api/widget/action', {
        widget_id: this.descriptor.widget_id,
        action_id: action.action_id,
        invocation_id: crypto.randomUUID(),
        params,
      });
      this.done(result);
    } catch (failure) {
      this.error = failure.message;
      this.fieldErrors = failure.fieldErrors;
    } finally {
      this.running = null;
    }
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
      case 'navigate': location.hash = `#${result.route}`; break;
      case 'success': this.message = result.message; break;
      default: this.message = null;
    }
  }

  drill(item) {
    if (this.drillDown) this.invoke(this.drillDown, item === undefined ? {} : { selected_item: item });
  }

  render() {
    const buttons = this.actions.filter(action => action.type === 'api_call' || action.type === 'download');
    return html`
      <section class="widget" aria-label=${this.descriptor.data?.title ?? this.descriptor.widget_type}>
        ${this.content()}
        ${this.message ? html`<p class="done" role="status">${this.message}</p>` : ''}
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : ''}
        ${buttons.length ? html`
          <div class="actions">
            ${buttons.map(action => html`
              <button ?disabled=${Boolean(this.running)} aria-busy=${this.running === action.action_id}
                      @click=${() => this.invoke(action)}>
                ${this.running === action.action_id ? 'Working…' : action.label}
              </button>`)}
          </div>` : ''}
      </section>`;
  }

  content() {
    const data = this.descriptor.data ?? {};
    const drill = this.drillDown ? item => this.drill(item) : null;
    switch (this.descriptor.widget_type) {
      case 'chart': return html`<chart-widget .data=${data} .drill=${drill}></chart-widget>`;
      case 'table': return html`<table-widget .data=${data} .drill=${drill}></table-widget>`;
      case 'form': return html`
        <form-widget .data=${data} .fieldErrors=${this.fieldErrors ?? []} .busy=${Boolean(this.running)}
          .readOnly=${this.readOnly} @form-submitted=${event => this.submit(event.detail)}></form-widget>`;
      case 'card': return html`<card-widget .data=${data}></card-widget>`;
      case 'navigation': return html`
        <navigation-widget .data=${data} .readOnly=${this.readOnly}
          @route-chosen=${event => this.open(event.detail)}></navigation-widget>`;
      default: return html`<p class="error">This page cannot show a widget of type "${this.descriptor.widget_type}".</p>`;
    }
  }

  submit(values) {
    const action = this.actions.find(candidate => candidate.type === 'submit');
    if (action) this.invoke(action, { form_data: values });
  }

  open(route) {
    const action = this.actions.find(candidate => candidate.type === 'navigate' && candidate.params?.route === route);
    if (action) this.invoke(action);
  }
}

customElements.define('widget-view', WidgetView);
