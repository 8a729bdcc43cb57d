import { at } from './dom.js';

const NAME = 'utter-key'; // in the tab's storage, which goes with the tab

/** The question that is open, if one is; whoever else needs a key waits for the same answer. */
let question;

at('key-form').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(NAME, at('key').value);
  close(true);
});
at('key-cancel').addEventListener('click', () => close(false));
at('key-dialog').addEventListener('cancel', () => close(false)); // the Escape key

/** What requests are sent with; null where no key has been needed so far. */
export function key() {
  return sessionStorage.getItem(NAME);
}

/**
 * Asks for another key.
 *
 * @param {string} why
 * @returns {Promise<boolean>} whether one was given
 */
export function askForKey(why) {
  at('change-key').hidden = false;
  if (!question) {
    question = Promise.withResolvers();
    at('key-why').textContent = why;
    at('key').value = '';
    at('key-dialog').showModal();
  }
  return question.promise;
}

function close(given) {
  at('key-dialog').close();
  question?.resolve(given);
  question = undefined;
}
