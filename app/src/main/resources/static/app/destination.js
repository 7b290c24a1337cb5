import { html } from 'lit';
import { PageElement } from './element.js';
import { t } from './language.js';

/** Where registered routes lead in this client: a heading, and questions that open a conversation about it. */
const DESTINATIONS = {
  '/dashboard/sales': {
    title: 'Sales Dashboard',
    text: 'Sales metrics and trends. Each tile opens as a conversation.',
    questions: ['Total revenue', 'Revenue over time', 'Sales by region', 'Top 5 products by units'],
  },
  '/analytics/customers': {
    title: 'Customer Insights',
    text: 'Who our customers are and what they spend.',
    questions: ['How many customers by state', 'Top 10 customers', 'Customers by segment', 'Find customers in Texas'],
  },
  '/reports/export': {
    title: 'Export Reports',
    text: 'Ask for a report, then use its Export CSV action.',
    questions: ['Sales by month and region as a table', 'Sales by product in 2026', 'Customers by city as a table'],
  },
};

class RouteDestination extends PageElement {
  static properties = { route: {} };

  /** What the deep link carries, in words that a question can end with. */
  get carried() {
    const params = new URLSearchParams(this.route.split('?')[1] ?? '');
    const words = [...params].map(([name, value]) =>
      name === 'period' ? `from ${value.replace('/', ' to ')}` : `for ${value}`);
    return words.join(' ');
  }

  render() {
    const destination = DESTINATIONS[this.route.split('?')[0]];
    if (!destination) {
      return html`<section class="welcome"><h1>${t('There is nothing here')}</h1><p><a href="#/">${t('Back to conversations')}</a></p></section>`;
    }
    return html`
      <section class="welcome">
        <h1>${t(destination.title)}</h1>
        <p>${t(destination.text)}</p>
        ${this.carried ? html`<p class="hint">${t('Opened {words}', { words: this.carried })}</p>` : ''}
        <ul>${destination.questions.map(question => `${question} ${this.carried}`.trim()).map(question => html`
          <li><button @click=${() => this.ask(question)}>${question}</button></li>`)}</ul>
      </section>`;
  }

  async ask(question) {
    location.hash = '#/';
    while (!document.querySelector('chat-view')) await new Promise(requestAnimationFrame);
    document.querySelector('chat-view').ask(question);
  }
}

customElements.define('route-destination', RouteDestination);
