import { Client } from '@stomp/stompjs';
import { token } from './api.js';

/**
 * A connection to one conversation. It comes back after a loss, waiting 2 s longer each time up to 30 s, ten times at
 * most, and goes on after the last frame it has seen.
 */
export class Connection {
  static MOST_ATTEMPTS = 10;

  constructor(conversationId, { onFrame, onError, onStatus }) {
    this.conversationId = conversationId;
    this.onFrame = onFrame;
    this.onError = onError;
    this.onStatus = onStatus;
    this.lastSeq = -1;
    this.attempts = 0;
    this.closed = false;
    this.open();
  }

  open() {
    this.onStatus(this.attempts === 0 ? 'connecting' : 'reconnecting');
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.client = new Client({
      brokerURL: `${scheme}://${location.host}/ws`,
      connectHeaders: { Authorization: `Bearer ${token()}` },
      heartbeatIncoming: 10000,
      heartbeatOutgoing: 10000,
      reconnectDelay: 0,
      onConnect: () => this.connected(),
      onStompError: frame => this.refused(frame),
      onWebSocketClose: () => this.lost(),
    });
    this.client.activate();
  }

  connected() {
    this.attempts = 0;
    this.onStatus('connected');
    this.client.subscribe('/user/queue/errors', message => this.onError(JSON.parse(message.body)));
    this.client.subscribe(
      `/topic/conversations/${this.conversationId}`,
      message => this.received(JSON.parse(message.body)),
      { 'last-seq': String(this.lastSeq) });
  }

  received(frame) {
    if (!Number.isInteger(frame?.seq) || frame.seq <= this.lastSeq) return;
    this.lastSeq = frame.seq;
    this.onFrame(frame);
  }

  refused(frame) {
    let error = { code: 'refused', message: 'The connection was refused.' };
    try { error = JSON.parse(frame.body); } catch { /* keep the general sentence */ }
    this.close();
    this.onStatus('refused');
    this.onError(error);
  }

  lost() {
    if (this.closed) return;
    this.client.deactivate();
    this.attempts += 1;
    if (this.attempts > Connection.MOST_ATTEMPTS) {
      this.onStatus('lost');
      return;
    }
    this.onStatus('reconnecting');
    this.timer = setTimeout(() => this.open(), Math.min(2 * this.attempts, 30) * 1000);
  }

  send(path, body) {
    if (!this.client.connected) return false;
    this.client.publish({
      destination: `/app/conversations/${this.conversationId}/${path}`,
      body: JSON.stringify(body),
    });
    return true;
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.client.deactivate();
  }
}
