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

// On a phone the ways are wider than the screen: show the one that is open.
document.querySelector('.ways [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// What is still going on is looked at again; whoever types or reads a menu is left in peace.
const watched = document.querySelector('[data-refresh]:not([data-refresh=""])');
if (watched) setInterval(() => {
  if (document.visibilityState === 'visible' && !document.activeElement?.closest('form')) location.replace(location.pathname);
}, 1000 * Number(watched.dataset.refresh));
