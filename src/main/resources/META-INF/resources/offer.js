import { at, blame } from './dom.js';
import { key } from './key.js';
import { messageOf, post } from './server.js';
import { snippets } from './snippets.js';
import { wavOf } from './wav.js';

/** What can be had of the last speech that came whole: its request with the seed that was drawn, its PCM and its rate. */
let spoken;

at('format').addEventListener('change', showRequest);
at('code').addEventListener('change', showRequest); // another client
at('copy').addEventListener('click', copy);
at('download').addEventListener('click', download);

/** @param {string[]} formats that audio can be had in */
export function showFormats(formats) {
  const before = at('format').value;
  at('format').replaceChildren(...formats.map((format) => new Option(format, format)));
  at('format').value = formats.includes(before) ? before : formats[0];
}

/** @param {{fields: object, pieces: Uint8Array[], sampleRate: number}} speech the fields with a seed */
export function offer(speech) {
  spoken = speech;
  at('download').disabled = false;
  at('code-none').hidden = true;
  at('code-made').hidden = false;
  showRequest();
}

/** Until there is another. The last request stays, for those who copy it while they hear the next. */
export function withdraw() {
  at('download').disabled = true;
}

function showRequest() {
  if (spoken) {
    const client = document.querySelector('input[name="client"]:checked').value;
    const format = at('format').value;
    const fields = { ...spoken.fields, response_format: format, ...(format === 'pcm' && { sample_rate: spoken.sampleRate }) };
    at('snippet').textContent = snippets[client](location.origin, fields, key() !== null, nameOf(format));
    at('copied').textContent = '';
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(at('snippet').textContent);
    at('copied').textContent = 'Copied.';
  } catch { // no clipboard for pages that did not come safely
    getSelection().selectAllChildren(at('snippet'));
    at('copied').textContent = 'Selected: copy it with Ctrl or ⌘ + C.';
  }
}

async function download() {
  if (at('download').ariaBusy) {
    return;
  }
  const format = at('format').value;
  const { fields, pieces, sampleRate } = spoken;
  at('error').textContent = '';
  at('download').ariaBusy = 'true';
  try {
    const file = await fileOf(format, fields, pieces, sampleRate);
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: nameOf(format) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  } catch (failure) {
    blame(at('form'), at('error'), messageOf(failure));
  } finally {
    at('download').ariaBusy = null;
  }
}

/** What was heard, in the two formats that hold it as it came; encoded by the server in others: the same seed is the same speech. */
async function fileOf(format, fields, pieces, sampleRate) {
  switch (format) {
    case 'pcm': return new Blob(pieces, { type: 'audio/pcm' });
    case 'wav': return wavOf(pieces, sampleRate);
    default: return (await post('/v1/audio/speech', { ...fields, response_format: format })).blob();
  }
}

function nameOf(format) {
  return `speech.${format}`;
}
