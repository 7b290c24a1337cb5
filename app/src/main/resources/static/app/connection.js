import { Client } from '@stomp/stompjs';
import { renewed } from './api.js';

/** A STOMP client of whoever is signed in on this page. */
export function stompClient(options) {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new Client({
    brokerURL: `${scheme}://${location.host}/ws`,
    connectionTimeout: 10000,
    heartbeatIncoming: 10000,
    heartbeatOutgoing: 10000,
    ...options,
  });
}

/** What an ERROR frame says. */
export function errorIn(frame) {
  return read(frame.body) ?? { code: 'refused', message: 'The connection was refused.' };
}

/** What a message holds; null when it cannot be read. */
function read(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * A connection to one conversation. It comes back after a loss, waiting 2 s longer each time up to 30 s, ten times at
 * most, and goes on after the last frame it has seen.
 */
export class Connection {
  static MOST_ATTEMPTS = 10;

  constructor(conversationId, { after = -1, onFrame, onError, onStatus }) {
    this.conversationId = conversationId;
    this.onFrame = onFrame;
    this.onError = onError;
    this.onStatus = onStatus;
    this.lastSeq = after;
    this.attempts = 0;
    this.closed = false;
    this.open();
  }

  open() {
    this.onStatus(this.attempts === 0 ? 'connecting' : 'reconnecting');
    this.client = stompClient({
      reconnectDelay: 0,
      onConnect: () => this.connected(),
      onStompError: frame => this.refused(errorIn(frame)),
      onWebSocketClose: () => this.lost(),
    });
    this.client.activate();
  }

  connected() {
    this.attempts = 0;
    this.expiredOnce = false;
    this.client.subscribe('/user/queue/errors', message => this.failed(errorIn(message)));
    this.client.subscribe(
      `/topic/conversations/${this.conversationId}`,
      message => this.received(read(message.body)),
      { 'last-seq': String(this.lastSeq) });
    // Only now: what is sent first may be refused, and that must be heard.
    this.onStatus('connected');
  }

  received(frame) {
    if (!Number.isInteger(frame?.seq) || frame.seq <= this.lastSeq) return;
    this.lastSeq = frame.seq;
    this.onFrame(frame);
  }

  /** What was sent was refused; because the sign-in ran out, the whole connection is. */
  failed(error) {
    if (error.code === 'token_expired') this.refused(error);
    else this.onError(error);
  }

  /** A sign-in that ran out is renewed, if it can be, and the connection goes on. */
  async refused(error) {
    this.drop();
    const over = ['token_expired', 'unauthenticated'].includes(error.code);
    if (over && !this.expiredOnce && await renewed()) {
      this.expiredOnce = true;
      if (!this.closed) this.open();
      return;
    }
    this.close();
    this.onStatus('refused');
    this.onError(error);
    if (over) window.dispatchEvent(new Event('signed-out'));
  }

  lost() {
    if (this.closed) return;
    this.drop();
    this.attempts += 1;
    if (this.attempts > Connection.MOST_ATTEMPTS) {
      this.onStatus('lost');
      return;
    }
    this.onStatus('reconnecting');
    this.timer = setTimeout(() => this.open(), Math.min(2 * this.attempts, 30) * 1000);
  }

  /** Ends the client that is, so that nothing it still says is heard. */
  drop() {
    this.client.onWebSocketClose = () => {};
    this.client.deactivate();
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
    this.drop();
  }
}
