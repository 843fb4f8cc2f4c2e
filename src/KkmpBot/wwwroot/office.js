// What the pages do beyond plain forms: everything works without it.
'use strict';

// The link from the chat was opened by a person in a browser, not by something that previews links: go in at once.
document.querySelector('form[data-enter]')?.requestSubmit();

// A second press while the first is on its way would only ask the server to say that it was done before.
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    form.setAttribute('aria-busy', 'true');
  });
}
window.addEventListener('pageshow', event => {
  if (event.persisted) for (const form of document.querySelectorAll('form[data-once]')) delete form.dataset.sent;
});

// A phone's photo is made small here, so that readers load it quickly; without this the server says how large one may be.
for (const field of document.querySelectorAll('input[data-most]')) {
  field.addEventListener('change', async () => {
    const [file] = field.files;
    const most = Number(field.dataset.most);
    const picture = file?.size > most && await createImageBitmap(file).catch(() => null);
    if (!picture) return;
    for (const side of [1280, 960, 640]) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      const small = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.8));
      if (small.size > most) continue;
      const kept = new DataTransfer();
      kept.items.add(new File([small], 'gambar.jpg', { type: small.type }));
      field.files = kept.files;
      return;
    }
  });
}

// On a phone the ways are wider than the screen: show the one that is open.
document.querySelector('.ways [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// What is still going on is looked at again; whoever types or reads a menu is left in peace.
const watched = document.querySelector('[data-refresh]:not([data-refresh=""])');
if (watched) setInterval(() => {
  if (document.visibilityState === 'visible' && !document.activeElement?.closest('form')) location.replace(location.pathname);
}, 1000 * Number(watched.dataset.refresh));
