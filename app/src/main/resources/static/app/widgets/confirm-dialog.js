import { html, nothing } from 'lit';
import { PageElement } from '../element.js';
import { t } from '../language.js';

/** Asks before something is done for good: resolves with whether the person agreed. */
class ConfirmDialog extends PageElement {
  static properties = { heading: { state: true }, message: { state: true } };

  ask({ title, message }) {
    this.heading = title;
    this.message = message;
    return this.updateComplete.then(() => new Promise(resolve => {
      const dialog = this.querySelector('dialog');
      dialog.returnValue = '';
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
      dialog.showModal();
    }));
  }

  render() {
    return html`
      <dialog aria-label=${this.heading ?? nothing}>
        <form method="dialog">
          <h3 dir="auto">${this.heading}</h3>
          <p dir="auto">${this.message}</p>
          <div class="actions">
            <button value="no">${t('Cancel')}</button>
            <button value="yes" class="primary">${t('Confirm')}</button>
          </div>
        </form>
      </dialog>`;
  }
}

customElements.define('confirm-dialog', ConfirmDialog);
