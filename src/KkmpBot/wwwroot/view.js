// Draws the conversation. Everything that came from outside is set as text, never as markup.
import { clock, day, dayName, say } from './words.js';

const log = document.getElementById('log');
const down = document.getElementById('down');
const maxDrawn = 400;
const nearBottom = 80;
const typingLasts = 5000;
const ticks = {
  sending: '<circle cx="9" cy="8" r="6"/><path d="M9 4.5V8l2.5 1.5"/>',
  sent: '<path d="M4 9l3.5 3.5L14 4.5"/>',
  taken: '<path d="M1 9l3.5 3.5L11 4.5M9 11.5l1.2 1L17 4.5"/>',
  failed: '<path d="M9 2.5v7M9 13v.2"/>',
};
const sheet = '<path d="M6 2h9l5 5v15H6zM15 2v5h5" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>';

const mine = new Map();
let lastDay = '';
let lastRole = '';
let open = null;
let dots = null;
let firstUnread = null;
let stuck = true;

function el(tag, className, ...children) {
  const it = document.createElement(tag);
  if (className) it.className = className;
  it.append(...children);
  return it;
}

function svg(box, content, className) {
  const it = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  it.setAttribute('viewBox', box);
  it.setAttribute('aria-hidden', 'true');
  it.setAttribute('class', className);
  it.innerHTML = content;
  return it;
}

function labelled(className, name) {
  const it = el('span', className, say(name));
  it.dataset.label = name;
  return it;
}

export function clear() {
  log.replaceChildren();
  mine.clear();
  lastDay = lastRole = '';
  open = dots = firstUnread = null;
  down.hidden = true;
}

export function drawNote(name) {
  const it = labelled('note', name);
  add(it);
  lastRole = '';
}

// What the person said: at once while it is on its way, then again as the server's echo of it.
export function drawMine({ id, text, at, button, picture }) {
  firstUnread = null;
  if (mine.has(id)) return;
  const said = drawSaid('me', text, new Date(at), [labelled('unseen', 'sending')], picture ? [labelled('', 'picture')] : []);
  said.setAttribute('aria-live', 'off');
  log.insertBefore(said, dots);
  said.dataset.waits = '';
  mine.set(id, said);
  setTick(id, 'sending');
  settle(button);
  toBottom();
}

// The echo says where a message stands in the conversation: before all that still waits for theirs.
function place(id) {
  const said = mine.get(id);
  delete said.dataset.waits;
  add(said);
  setTick(id, 'sent');
}

export function setTick(id, name) {
  const said = mine.get(id);
  if (!said || (said.dataset.tick === 'taken' && name === 'sent')) return;
  said.dataset.tick = name;
  said.classList.toggle('failed', name === 'failed');
  said.querySelector('.tick')?.remove();
  const spoken = said.querySelector('.foot .unseen');
  spoken.dataset.label = name;
  spoken.textContent = say(name);
  spoken.before(svg('0 0 18 16', ticks[name], `tick ${name}`));
}

export function offerAgain(id, send) {
  const said = mine.get(id);
  const again = labelledButton('again', 'again');
  again.onclick = () => {
    said.remove();
    mine.delete(id);
    send();
  };
  said.append(again);
}

function labelledButton(className, name) {
  const it = el('button', className, say(name));
  it.type = 'button';
  it.dataset.label = name;
  return it;
}

// A message as it stands in the log. press(label, token) is called for a choice.
export function drawActivity(activity, press) {
  const at = new Date(activity.timestamp);
  if (activity.from?.role === 'user') {
    const pressed = activity.channelData?.messageBack;
    const id = activity.channelData?.clientActivityID ?? activity.id;
    if (activity.channelData?.postBack) return settle(activity.text);
    drawMine({ id, text: pressed ? pressed.displayText : activity.text, at, button: pressed?.text, picture: activity.heldPicture });
    place(id);
    return;
  }
  hideTyping();
  const cards = (activity.attachments ?? []).filter(it => /card\.(hero|thumbnail)$/.test(it.contentType));
  const files = (activity.attachments ?? []).filter(it => !cards.includes(it)).map(drawFile);
  const words = [activity.text, ...cards.flatMap(({ content }) => [content.title, content.subtitle, content.text])].filter(Boolean).join('\n');
  const said = drawSaid('bot', words, at, [], files);
  const listed = cards.flatMap(({ content }) => content.buttons ?? []);
  const actions = [...(activity.suggestedActions?.actions ?? []), ...listed];
  if (actions.length) offer(said, actions, listed.length > 0, press);
  said.dataset.activity = activity.type === 'messageUpdate' ? activity.replyToId : activity.id;
  firstUnread ??= said;
}

// What a message of the bot says from now on; one that is not drawn (any more) is drawn where it stands in the conversation now.
export function redrawActivity(activity, press) {
  const stands = log.querySelector(`[data-activity="${CSS.escape(activity.replyToId)}"] .words`);
  if (stands) stands.replaceChildren(...linked(activity.text ?? ''));
  else drawActivity(activity, press);
}

function drawSaid(role, text, at, foot, files = []) {
  const today = day(at);
  if (today !== lastDay) {
    const mark = el('div', 'day', dayName(today));
    mark.dataset.day = lastDay = today;
    add(mark);
    lastRole = '';
  }
  const words = el('div', 'words');
  if (text) words.append(...linked(text));
  const bubble = el('div', 'bubble', labelled('unseen', role === 'me' ? 'you' : 'bot'), ...files, words,
    el('div', 'foot', el('time', '', clock(at)), ...foot));
  const said = el('div', `said ${role}${role === lastRole ? '' : ' turned'}`, bubble);
  lastRole = role;
  add(said);
  return said;
}

function add(it) {
  const next = log.querySelector('[data-waits]') ?? dots;
  if (it.parentElement !== log || it.nextElementSibling !== next) log.insertBefore(it, next);
  while (log.childElementCount > maxDrawn) log.firstElementChild.remove();
}

// Addresses in a text become links; a full stop after one is not part of it.
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/).map((part, i) => {
    if (i % 2 === 0) return part;
    return link(part, '', part) ?? part;
  });
}

function link(address, className, ...children) {
  const url = safe(address, ['http:', 'https:', 'tel:', 'mailto:']);
  if (!url) return null;
  const it = el('a', className, ...children);
  it.href = url;
  it.target = '_blank';
  it.rel = 'noopener noreferrer';
  return it;
}

function safe(address, protocols) {
  try {
    const url = new URL(address, location.href);
    return protocols.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

// A browser opens no page of file data, but saves it.
function saved(url, name, className, ...children) {
  const it = el('a', className, ...children);
  it.href = url;
  it.download = name ?? '';
  return it;
}

function drawFile({ contentType = '', contentUrl, thumbnailUrl, name }) {
  const held = contentUrl?.startsWith('data:');
  const picture = contentType.startsWith('image/') && safe(thumbnailUrl ?? contentUrl, ['http:', 'https:', 'data:']);
  if (picture) {
    const image = el('img');
    image.src = picture;
    image.alt = name ?? say('picture');
    image.onload = stay;
    if (held) return saved(contentUrl, name, 'picture', image);
    return link(contentUrl, 'picture', image) ?? el('span', 'picture', image);
  }
  const title = el('span', '', el('b', '', name ?? contentType), el('small', '', say('open')));
  title.lastElementChild.dataset.label = 'open';
  const icon = svg('0 0 24 24', sheet, '');
  icon.setAttribute('width', '30');
  if (held) return saved(contentUrl, name, 'file', icon, title);
  return link(contentUrl ?? '', 'file', icon, title) ?? el('span', 'file', icon, el('b', '', name ?? contentType));
}

// Choices are open until the person answers, by a press or in words.
function offer(said, actions, listed, press) {
  settle();
  const group = el('div', listed ? 'choices list' : 'choices');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', say('choices'));
  group.dataset.aria = 'choices';
  for (const action of actions) {
    const token = action.text ?? action.value;
    const label = action.displayText ?? action.title ?? String(token);
    const face = el('span', '', label);
    if (action.channelData?.detail) face.append(el('small', '', action.channelData.detail));
    if (/^(openUrl|call|downloadFile|showImage|playAudio|playVideo)$/.test(action.type)) {
      const away = link(action.value, 'choice', face);
      if (away) group.append(away);
      continue;
    }
    const button = el('button', 'choice', face);
    button.type = 'button';
    button.dataset.token = token;
    button.onclick = () => press(label, action.type === 'imBack' ? undefined : token);
    group.append(button);
  }
  said.append(group);
  open = group;
}

function settle(token) {
  if (!open) return;
  const group = open;
  open = null;
  if (group.contains(document.activeElement)) log.focus({ preventScroll: true });
  if (!group.classList.contains('list')) return group.remove();
  for (const choice of group.querySelectorAll('button')) {
    choice.disabled = true;
    choice.classList.toggle('chosen', choice.dataset.token === token);
  }
}

export function showTyping() {
  if (!dots) {
    dots = el('div', 'said bot turned', el('div', 'bubble', el('div', 'dots', el('i'), el('i'), el('i'))));
    dots.setAttribute('aria-hidden', 'true');
    const follow = atBottom();
    log.append(dots);
    if (follow) toBottom();
  }
  clearTimeout(dots.timer);
  dots.timer = setTimeout(hideTyping, typingLasts);
}

export function hideTyping() {
  if (!dots) return;
  clearTimeout(dots.timer);
  dots.remove();
  dots = null;
}

// After a batch of activities: the first new message of the bot comes into view from its beginning, unless the person reads further up.
export function follow(wasAtBottom) {
  const unread = firstUnread;
  firstUnread = null;
  if (!unread) return;
  if (!wasAtBottom) {
    down.classList.add('unread');
    return;
  }
  log.scrollTop = Math.min(log.scrollHeight - log.clientHeight, unread.offsetTop - log.offsetTop - 12);
  look();
}

export const atBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < nearBottom;

export function toBottom() {
  log.scrollTop = log.scrollHeight;
  stuck = true;
  down.hidden = true;
}

// More below than fits, such as the choices of a long question, has a button that leads there.
function look() {
  stuck = atBottom();
  down.hidden = stuck;
  if (stuck) down.classList.remove('unread');
}

// Pictures that load late, a keyboard that opens, larger letters: who was at the end stays there.
export function stay() {
  if (stuck) toBottom();
}

down.onclick = toBottom;
new ResizeObserver(stay).observe(log);
log.addEventListener('scroll', look, { passive: true });
