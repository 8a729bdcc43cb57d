import { at, blame, element, forgive } from './dom.js';
import { Recorder } from './recorder.js';
import { ask, messageOf, Refusal } from './server.js';

const CONSENTS = '/v1/audio/voice_consents';
const MOST_SECONDS = 10; // what references may last; the server checks it

const form = at('adding');
let reload;
let recorder;
let recording; // from the microphone; in place of a file

/** @param {(wanted?: object) => Promise<void>} changed called when there are other voices, with the one to choose */
export function startAdding(changed) {
  reload = changed;
  at('spoken').append(...[...at('language').querySelectorAll('option:not([value=""])')].map((option) => option.cloneNode(true)));
  at('record').hidden = !Recorder.possible;
  at('record').addEventListener('click', () => (recorder ? finish() : record()));
  at('recording').addEventListener('change', () => take(at('recording').files[0]));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    add();
  });
}

/** Shows the voices that were added, where some may be. */
export function showAdded({ voices, models, uploads, consentRequired }) {
  at('voices').hidden = !uploads;
  at('consent-field').hidden = consentRequired;
  at('agreement-field').hidden = !consentRequired;
  at('model').replaceChildren(...models.map(({ id }) => new Option(id, id)));
  at('model-field').hidden = models.length < 2;
  at('own').replaceChildren(...voices.filter((voice) => voice.added).map((voice) => element('li', {},
    element('span', {}, models.length > 1 ? `${voice.name} (${voice.model})` : voice.name),
    element('button', { type: 'button', ariaLabel: `Delete ${voice.name}`, onclick: () => remove(voice) }, 'Delete'))));
}

async function record() {
  if (at('record').ariaBusy) { // the browser is still asking for the microphone
    return;
  }
  forgive(form, at('adding-error'));
  const begun = new Recorder();
  at('record').ariaBusy = 'true';
  try {
    await begun.start((seconds) => {
      at('recorded').textContent = `${seconds.toFixed(1)} s`;
      if (seconds >= MOST_SECONDS && recorder === begun) {
        finish();
      }
    });
    recorder = begun;
    at('record').textContent = 'Stop recording';
  } catch (failure) {
    begun.release();
    blame(form, at('adding-error'), `The microphone cannot be used: ${failure.message}.`);
  } finally {
    at('record').ariaBusy = null;
  }
}

function finish() {
  const file = recorder.stop();
  recorder = undefined;
  at('record').textContent = 'Record again';
  at('recording').value = '';
  take(file);
  recording = file;
}

/** Makes a file what can be listened to before it is sent. */
function take(file) {
  recording = undefined;
  URL.revokeObjectURL(at('preview').src);
  at('preview').hidden = !file;
  if (file) {
    at('preview').src = URL.createObjectURL(file);
  }
}

async function add() {
  forgive(form, at('adding-error'));
  at('added').textContent = '';
  const sent = new FormData(form);
  if (recording) {
    sent.set('audio_sample', recording, 'recording.wav');
  } else if (sent.get('audio_sample').size === 0) {
    sent.delete('audio_sample'); // what a browser sends for no file
  }
  sent.delete('consent'); // said here, and not kept: to the server a consent is a recording
  at('add').disabled = true;
  try {
    if (at('agreement-field').hidden && !at('consent').checked) {
      throw new Refusal('Nobody’s voice is taken without consent.', 'consent');
    }
    at('added').textContent = 'Listening to it…';
    const voice = await (at('agreement-field').hidden ? made(sent) : withAgreement(sent));
    form.reset();
    take();
    at('recorded').textContent = '';
    at('record').textContent = 'Record';
    await reload(voice);
    at('added').textContent = `${voice.name} was added, and is chosen.`;
  } catch (failure) {
    at('added').textContent = '';
    at('add').disabled = false; // before the keyboard is led elsewhere
    blame(form, at('adding-error'), messageOf(failure), failure.field === 'reference' ? 'audio_sample' : failure.field);
  } finally {
    at('add').disabled = false;
  }
}

/** @returns {Promise<object>} the voice that the server has made of a form */
async function made(form) {
  return (await ask('/v1/audio/voices', { method: 'POST', body: form })).json();
}

/** The same where the server wants to keep how whoever speaks has agreed. */
async function withAgreement(form) {
  const consent = await agreement(form.get('name'), form.get('language'));
  form.set('consent', consent);
  try {
    return await made(form);
  } catch (failure) {
    await ask(`${CONSENTS}/${encodeURIComponent(consent)}`, { method: 'DELETE' }).catch(() => {}); // nothing rests on it
    throw failure;
  }
}

/** @returns {Promise<string>} the id of a consent */
async function agreement(name, language) {
  const form = new FormData();
  form.set('name', name);
  form.set('language', language);
  const [file] = at('agreement').files;
  if (file) {
    form.set('recording', file);
  }
  try {
    return (await (await ask(CONSENTS, { method: 'POST', body: form })).json()).id;
  } catch (failure) {
    throw failure.field === 'recording' ? new Refusal(`Of the agreement: ${failure.message}`, 'agreement', failure.code) : failure;
  }
}

async function remove(voice) {
  if (!confirm(`Delete the voice ${voice.name}?`)) {
    return;
  }
  forgive(form, at('adding-error'));
  try {
    await ask(`/v1/audio/voices/${encodeURIComponent(voice.id)}?model=${encodeURIComponent(voice.model)}`, { method: 'DELETE' });
    await reload();
    at('added').textContent = `${voice.name} was deleted.`;
    at('add').focus(); // its own button is gone
  } catch (failure) {
    blame(form, at('adding-error'), messageOf(failure));
  }
}
