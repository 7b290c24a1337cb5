import { errorIn, stompClient } from './connection.js';

/** The audit log as it grows, from the last entry known on. */
export class AuditTail {
  constructor(lastSeq, { onEntry, onError }) {
    this.lastSeq = lastSeq;
    this.client = stompClient({
      reconnectDelay: 2000,
      onConnect: () => this.client.subscribe('/topic/audit', message => {
        const entry = JSON.parse(message.body);
        if (!Number.isInteger(entry?.seq) || entry.seq <= this.lastSeq) return;
        this.lastSeq = entry.seq;
        onEntry(entry);
      }, { 'last-seq': String(this.lastSeq) }),
      onStompError: frame => {
        this.close();
        onError(errorIn(frame).message);
      },
    });
    this.client.activate();
  }

  close() {
    this.client.deactivate();
  }
}
