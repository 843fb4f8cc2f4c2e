// Direct Line 3.0 as this page speaks it: one conversation, a stream that is opened again from the last watermark whenever the network
// was away, and a queue of messages that are sent in order, each under an id of its own so that sending twice is hearing once.
const base = '/v3/directline';
const heartbeatEvery = 20000;
const answerWithin = 10000;
const callTimeout = 25000;
const refreshEvery = 20 * 60000;
const longestWait = 15000;
const maxUnsent = 50;

const backoff = tries => Math.min(1000 * 2 ** tries, longestWait) * (0.7 + Math.random() * 0.6);

class Refused extends Error {
  constructor(status, after) {
    super(`HTTP ${status}`);
    this.status = status;
    this.after = after;
  }
}

export class Line {
  // on: { activities(list), state('connecting'|'online'), queued(item), taken(id), failed(id), reset() }
  constructor(on) {
    this.on = on;
    this.last = 0;
    this.tries = 0;
    this.unsent = [];
    this.round = 0;
    this.sleepers = new Set();
    addEventListener('online', () => this.wake());
    document.addEventListener('visibilitychange', () => document.hidden || this.wake());
    setInterval(() => this.refresh(), refreshEvery);
    setInterval(() => this.beat(), heartbeatEvery);
  }

  // Begins, or comes back to, the conversation of this browser.
  async start(anew = false) {
    const round = ++this.round;
    this.close();
    if (anew) this.forget();
    this.on.state('connecting');
    for (;;) {
      try {
        const session = await this.fetch('POST', `/webchat/token${anew ? '?new=1' : ''}`);
        anew = false;
        this.token = session.token;
        const opened = await this.call('POST', '/conversations', { user: {} });
        if (round !== this.round) return;
        this.adopt(opened);
        return;
      } catch (error) {
        this.note(error);
      }
      await this.rest();
      if (round !== this.round) return;
    }
  }

  adopt(opened) {
    if (this.conversation !== opened.conversationId || this.ended) {
      if (this.conversation) this.on.reset();
      this.ended = false;
      this.conversation = opened.conversationId;
      this.last = Number(new URL(opened.streamUrl).searchParams.get('watermark')) || 0;
      this.unsent = this.recall();
      for (const item of this.unsent) this.on.queued(item);
    }
    this.token = opened.token;
    this.open(opened.streamUrl);
    this.pump();
  }

  open(streamUrl) {
    const url = new URL(streamUrl);
    // The server is where the page came from, whatever stands in between.
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    url.host = location.host;
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => {
      if (socket !== this.socket) return;
      this.tries = 0;
      this.on.state('online');
      this.rouse();
    };
    socket.onmessage = event => {
      if (socket !== this.socket) return;
      clearTimeout(this.silence);
      this.silence = 0;
      if (event.data) this.receive(JSON.parse(event.data));
    };
    socket.onclose = () => socket === this.socket && this.reopen();
  }

  // The same activity is drawn once, however often it comes. What is not kept (typing) has no number.
  receive({ activities, watermark }) {
    const fresh = activities.filter(activity => {
      const sequence = Number(String(activity.id).split('|')[1]);
      return Number.isNaN(sequence) || sequence > this.last;
    });
    if (watermark) this.last = Math.max(this.last, Number(watermark));
    if (fresh.length) this.on.activities(fresh);
  }

  async reopen() {
    const round = ++this.round;
    this.close();
    this.on.state('connecting');
    for (;;) {
      await this.rest();
      if (round !== this.round) return;
      try {
        // Where sockets are barred, asking again and again still carries the conversation.
        if (this.tries > 1) this.receive(await this.call('GET', `${this.path}/activities?watermark=${this.last}`));
        const opened = await this.call('GET', `${this.path}?watermark=${this.last}`);
        if (round === this.round) this.adopt(opened);
        return;
      } catch (error) {
        if (round !== this.round) return;
        if (error.status === 404) this.ended = true;
        if (error.status === 403 || error.status === 404) return this.start();
        this.note(error);
      }
    }
  }

  get path() { return `/conversations/${this.conversation}`; }

  close() {
    const socket = this.socket;
    this.socket = null;
    clearTimeout(this.silence);
    this.silence = 0;
    socket?.close();
  }

  // A phone's network often dies without a word: the server returns our empty frame, or the stream is opened anew.
  beat() {
    if (this.socket?.readyState !== WebSocket.OPEN || this.silence) return;
    const socket = this.socket;
    socket.send('');
    this.silence = setTimeout(() => socket === this.socket && this.reopen(), answerWithin);
  }

  wake() {
    this.tries = 0;
    this.rouse();
    this.beat();
  }

  rouse() {
    for (const done of this.sleepers) done();
  }

  // Waits before the next try, shorter when the network is back or the page is looked at again.
  async sleep(ms) {
    let done;
    const roused = new Promise(resolve => { done = resolve; });
    const timer = setTimeout(done, ms);
    this.sleepers.add(done);
    await roused;
    this.sleepers.delete(done);
    clearTimeout(timer);
  }

  rest() {
    return this.sleep(backoff(this.tries++));
  }

  send(text, button) {
    if (this.unsent.length >= maxUnsent) return false;
    const item = { id: newId(), text, button, at: Date.now() };
    this.unsent.push(item);
    this.keep();
    this.on.queued(item);
    this.pump();
    return true;
  }

  async pump() {
    if (this.pumping) return;
    this.pumping = true;
    let tries = 0;
    while (this.unsent.length && this.token) {
      const item = this.unsent[0];
      const conversation = this.conversation;
      let done = false;
      try {
        await this.call('POST', `${this.path}/activities`, activityOf(item));
        done = true;
        this.on.taken(item.id);
      } catch (error) {
        this.note(error);
        done = error.status === 400 || error.status === 413;
        if (done) this.on.failed(item.id);
        else await this.hold(error, tries++);
      }
      if (done && conversation === this.conversation) {
        tries = 0;
        this.unsent = this.unsent.filter(other => other !== item);
        this.keep();
      }
    }
    this.pumping = false;
  }

  // A picture is not kept for later: it is chosen again.
  async sendPicture(file) {
    const id = newId();
    this.on.queued({ id, picture: true, at: Date.now() });
    const about = { type: 'message', attachments: [{ contentType: file.type, name: file.name }], channelData: { clientActivityID: id } };
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify(about)], { type: 'application/vnd.microsoft.activity' }), 'blob');
    form.append('file', file, file.name);
    try {
      await this.call('POST', `${this.path}/upload`, form);
      this.on.taken(id);
    } catch (error) {
      this.note(error);
      this.on.failed(id);
    }
  }

  async hold(error, tries) {
    if (error.status === 403) await this.start();
    else if (error.status === 404 && this.socket?.readyState === WebSocket.OPEN) this.reopen();
    await this.sleep(error.after ? error.after * 1000 : backoff(tries));
  }

  async refresh() {
    if (!this.token || document.hidden) return;
    try {
      this.token = (await this.call('POST', '/tokens/refresh')).token;
    } catch (error) {
      // The next call that needs it gets a new one.
      this.note(error);
    }
  }

  call(method, path, body) {
    return this.fetch(method, base + path, body, { Authorization: `Bearer ${this.token}` });
  }

  async fetch(method, url, body, headers = {}) {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), callTimeout);
    try {
      const answer = await fetch(url, {
        method,
        headers: body && !(body instanceof FormData) ? { ...headers, 'Content-Type': 'application/json' } : headers,
        body: body && !(body instanceof FormData) ? JSON.stringify(body) : body,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: timeout.signal,
      });
      if (!answer.ok) throw new Refused(answer.status, Number(answer.headers.get('Retry-After')));
      return await answer.json();
    } finally {
      clearTimeout(timer);
    }
  }

  note(error) {
    console.info('kkmp:', error.message);
  }

  // What could not be sent yet outlives a reload.
  keep() {
    try {
      localStorage.setItem('kkmp.unsent', JSON.stringify({ conversation: this.conversation, items: this.unsent }));
    } catch (error) {
      this.note(error);
    }
  }

  recall() {
    try {
      const kept = JSON.parse(localStorage.getItem('kkmp.unsent'));
      return kept?.conversation === this.conversation ? kept.items : [];
    } catch (error) {
      this.note(error);
      return [];
    }
  }

  forget() {
    this.unsent = [];
    this.keep();
  }
}

function newId() {
  return crypto.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

function activityOf({ id, text, button, at }) {
  return {
    type: 'message',
    text: button ?? text,
    textFormat: 'plain',
    locale: document.documentElement.lang,
    localTimestamp: new Date(at).toISOString(),
    channelData: button ? { clientActivityID: id, messageBack: { text: button, displayText: text } } : { clientActivityID: id },
  };
}
