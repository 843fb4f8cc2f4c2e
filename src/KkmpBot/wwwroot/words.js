// What the page itself says, in three languages. What the bot says comes from its dialogs.
const words = {
  id: {
    menu: 'Pengaturan', language: 'Bahasa', size: 'Ukuran huruf', normal: 'Biasa', large: 'Besar', close: 'Tutup', back: 'Kembali',
    anew: 'Mulai percakapan baru', sure: 'Percakapan ini tidak akan tampil lagi di perangkat ini.', sureYes: 'Ya, mulai baru',
    log: 'Percakapan', write: 'Tulis pesan', photo: 'Kirim foto', send: 'Kirim', down: 'Ke bawah', choices: 'Pilihan jawaban', you: 'Anda:', bot: 'KKMP:',
    connecting: 'Menyambungkan…', online: 'Tersambung', typing: 'sedang menulis…', startedAnew: 'Percakapan baru',
    offline: 'Belum tersambung. Pesan Bapak/Ibu disimpan dan dikirim begitu tersambung lagi.',
    sending: 'Sedang dikirim', sent: 'Terkirim', taken: 'Diterima', failed: 'Tidak terkirim', again: 'Kirim ulang',
    today: 'Hari ini', yesterday: 'Kemarin', open: 'Buka dokumen', picture: 'Gambar',
  },
  jv: {
    menu: 'Setelan', language: 'Basa', size: 'Ukuran aksara', normal: 'Limrah', large: 'Ageng', close: 'Tutup', back: 'Wangsul',
    anew: 'Miwiti pacelathon énggal', sure: 'Pacelathon menika mboten badhé katingal malih ing piranti menika.', sureYes: 'Inggih, miwiti énggal',
    log: 'Pacelathon', write: 'Serat pesen', photo: 'Kirim foto', send: 'Kirim', down: 'Mangandhap', choices: 'Pilihan wangsulan', you: 'Panjenengan:',
    bot: 'KKMP:', connecting: 'Nembé nyambung…', online: 'Sampun kasambung', typing: 'nembé nyerat…', startedAnew: 'Pacelathon énggal',
    offline: 'Dèrèng kasambung. Pesen Bapak/Ibu dipunsimpen lan dipunkirim menawi sampun kasambung malih.',
    sending: 'Nembé dipunkirim', sent: 'Kakirim', taken: 'Katampi', failed: 'Mboten kakirim', again: 'Kirim malih',
    today: 'Dinten menika', yesterday: 'Kala wingi', open: 'Bikak dokumèn', picture: 'Gambar',
  },
  en: {
    menu: 'Settings', language: 'Language', size: 'Text size', normal: 'Normal', large: 'Large', close: 'Close', back: 'Back',
    anew: 'Start a new conversation', sure: 'This conversation will no longer be shown on this device.', sureYes: 'Yes, start anew',
    log: 'Conversation', write: 'Write a message', photo: 'Send a photo', send: 'Send', down: 'Further down', choices: 'Answers', you: 'You:', bot: 'KKMP:',
    connecting: 'Connecting…', online: 'Connected', typing: 'typing…', startedAnew: 'New conversation',
    offline: 'Not connected. Your messages are kept and will be sent once you are connected again.',
    sending: 'Sending', sent: 'Sent', taken: 'Received', failed: 'Not sent', again: 'Send again',
    today: 'Today', yesterday: 'Yesterday', open: 'Open document', picture: 'Picture',
  },
};

const zone = 'Asia/Jakarta';
const dates = { id: 'id-ID', jv: 'id-ID', en: 'en-GB' };
let language = 'id';

export const say = name => words[language][name];
export const locale = () => ({ id: 'id-ID', jv: 'jv-ID', en: 'en-GB' })[language];

export function speak(chosen) {
  language = words[chosen] ? chosen : 'id';
  document.documentElement.lang = language;
  translate(document);
  return language;
}

// Elements name what they say: data-label as their text, data-aria as their spoken name, data-hint as placeholder, data-day as a date.
export function translate(root) {
  for (const it of root.querySelectorAll('[data-label]')) it.textContent = say(it.dataset.label);
  for (const it of root.querySelectorAll('[data-aria]')) it.setAttribute('aria-label', say(it.dataset.aria));
  for (const it of root.querySelectorAll('[data-hint]')) it.placeholder = say(it.dataset.hint);
  for (const it of root.querySelectorAll('[data-day]')) it.textContent = dayName(it.dataset.day);
}

export const clock = date => new Intl.DateTimeFormat(dates[language], { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(date);

// The day in Semarang, e.g. 2026-11-22.
export const day = date => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(date);

export function dayName(iso) {
  const now = Date.now();
  if (iso === day(now)) return say('today');
  if (iso === day(now - 86400000)) return say('yesterday');
  return new Intl.DateTimeFormat(dates[language], { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(iso));
}
