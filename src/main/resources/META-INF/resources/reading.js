import { at, element } from './dom.js';
import { messageOf, post } from './server.js';

const PAUSE_MS = 400; // of typing, before a text is read again

let timer;
let current = new AbortController();

/** @param {() => object|undefined} fieldsOf the request whose text is to be read; undefined while there is none */
export function startReading(fieldsOf) {
  const read = () => at('reading').open && fieldsOf() && show(fieldsOf());
  at('reading').addEventListener('toggle', read);
  at('form').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(read, PAUSE_MS);
  });
}

async function show({ input, model, voice, language }) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  try {
    const { sentences } = await (await post('/v1/audio/phonemes', { input, model, voice, language }, signal)).json();
    at('reading-error').textContent = '';
    at('sentences').replaceChildren(...sentences.map(sentenceOf));
  } catch (failure) {
    if (!signal.aborted) {
      at('reading-error').textContent = messageOf(failure);
      at('sentences').replaceChildren();
    }
  }
}

function sentenceOf({ segments, pause_before: pause }) {
  return element('li', {}, ...(pause ? [element('p', { className: 'hint' }, `${pause} s of silence`)] : []), ...segments.map(segmentOf));
}

function segmentOf({ language, text, normalized, phones, marked }) {
  const note = (...content) => element('span', { className: 'hint' }, ' ', ...content);
  return element('div', { className: 'segment' },
    element('p', {},
      element('bdi', { lang: language }, text), // whatever direction it turns to, what follows keeps its own
      note(language),
      ...(normalized === text ? [] : [note('as ', element('bdi', { lang: language }, normalized))]),
      ...(marked ? [note('as marked')] : [])),
    element('p', { className: 'phones' }, (phones ?? []).join(' ')));
}
