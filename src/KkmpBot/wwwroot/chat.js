// The page: joins the line, the drawing and the person's own settings.
import { Line } from './line.js';
import { small } from './picture.js';
import * as view from './view.js';
import { say, speak } from './words.js';

const $ = id => document.getElementById(id);
const log = $('log');
const text = $('text');
const state = $('state');
const notice = $('notice');
const noticeAfter = 4000;
const quietFor = 600;
let noticeTimer = 0;
let quietTimer = 0;

const line = new Line({
  activities(list) {
    const wasAtBottom = view.atBottom();
    for (const activity of list) {
      if (activity.type === 'message') view.drawActivity(activity, press);
      else if (activity.type === 'messageUpdate') view.redrawActivity(activity, press);
      else if (activity.type === 'typing' && activity.from?.role === 'bot') view.showTyping();
      if (activity.type === 'message' && activity.from?.role === 'bot') $('photo').hidden = !activity.channelData?.wantsPicture;
    }
    view.follow(wasAtBottom);
    // A screen reader reads what is new, not the whole conversation again.
    clearTimeout(quietTimer);
    quietTimer = setTimeout(() => log.setAttribute('aria-busy', 'false'), quietFor);
  },
  state(name) {
    state.dataset.label = name;
    state.textContent = say(name);
    clearTimeout(noticeTimer);
    if (name === 'online') notice.hidden = true;
    else noticeTimer = setTimeout(showNotice, noticeAfter);
  },
  queued: view.drawMine,
  taken: id => view.setTick(id, 'taken'),
  failed(id) {
    const item = line.unsent.find(it => it.id === id);
    view.setTick(id, 'failed');
    if (item) view.offerAgain(id, () => line.send(item.text, item.button));
  },
  reset() {
    log.setAttribute('aria-busy', 'true');
    view.clear();
  },
});

function showNotice() {
  notice.dataset.label = 'offline';
  notice.textContent = say('offline');
  notice.hidden = false;
}

function press(label, token) {
  line.send(label, token);
}

function submit() {
  const words = text.value.trim();
  if (!words || !line.send(words)) return;
  text.value = '';
  fit();
}

// The box grows with the text, up to its greatest height in the style sheet.
function fit() {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

$('compose').addEventListener('submit', event => {
  event.preventDefault();
  submit();
  text.focus();
});
text.addEventListener('input', fit);
text.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
// The button is there while the bot waits for a picture.
$('picture').addEventListener('change', async () => {
  const [file] = $('picture').files;
  $('picture').value = '';
  if (file) line.sendPicture(await small(file));
});
addEventListener('offline', showNotice);

function remember(name, value) {
  try {
    localStorage.setItem(`kkmp.${name}`, value);
  } catch (error) {
    line.note(error);
  }
}

function recall(name) {
  try {
    return localStorage.getItem(`kkmp.${name}`);
  } catch (error) {
    line.note(error);
    return null;
  }
}

function choose(name, value, use) {
  const chosen = use(value);
  for (const radio of document.querySelectorAll(`input[name=${name}]`)) {
    radio.checked = radio.value === chosen;
    radio.onchange = () => remember(name, use(radio.value));
  }
}

function resize(size) {
  const chosen = size === 'large' ? 'large' : 'normal';
  document.documentElement.dataset.size = chosen;
  fit();
  view.stay();
  return chosen;
}

$('menu-button').onclick = () => $('menu').showModal();
$('menu-close').onclick = () => $('menu').close();
$('anew').onclick = () => {
  $('menu').close();
  $('sure').showModal();
};
$('sure-no').onclick = () => $('sure').close();
$('sure-yes').onclick = () => {
  $('sure').close();
  line.start(true);
  text.focus();
};
for (const sheet of document.querySelectorAll('dialog'))
  sheet.addEventListener('click', event => { if (event.target === sheet) sheet.close(); });

choose('language', recall('language'), speak);
choose('size', recall('size'), resize);
log.setAttribute('aria-busy', 'true');
line.start();
