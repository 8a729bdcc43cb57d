import { PcmPlayer } from './player.js';
import { wavOf } from './wav.js';

const RETRY_MS = 1000;
const MOST_SECONDS_AHEAD = 60; // what is taken from the server before it is heard

const at = (id) => document.getElementById(id);
const speech = at('speech'); // its data- attributes tell scripts and tests what the page tells people
const download = at('download');

/** The run whose sound and figures are on the page; a run that is not it touches nothing. */
let current;

at('form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!at('speak').disabled) {
    speak();
  }
});
at('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    at('form').requestSubmit();
  }
});
at('stop').addEventListener('click', () => {
  silence();
  show('stopped', 'Stopped.');
});
at('speed').addEventListener('input', showSpeed);
showSpeed(); // a browser may have kept another than the default
loadVoices();

function showSpeed() {
  at('speed-shown').value = `${Number(at('speed').value)}×`;
}

async function loadVoices() {
  try {
    const [voices, models] = await Promise.all(['/v1/audio/voices', '/v1/models'].map(list));
    const rates = new Map(models.map((model) => [model.id, model.sample_rate]));
    const groups = models.length > 1;
    at('voice').replaceChildren(...models.flatMap((model) => {
      const options = voices.filter((voice) => voice.model === model.id).map((voice) => option(voice, rates.get(model.id)));
      return groups ? [group(model.id, options)] : options;
    }));
    at('voice').disabled = false;
    at('speak').disabled = false;
    show('idle', 'Ready.');
  } catch (failure) {
    show('starting', `${messageOf(failure)} Trying again…`);
    setTimeout(loadVoices, RETRY_MS);
  }
}

async function list(path) {
  const response = await fetch(path);
  await mustBeOk(response);
  return (await response.json()).data;
}

function option(voice, sampleRate) {
  const made = new Option(`${voice.name} (${voice.language})`, voice.id);
  Object.assign(made.dataset, { model: voice.model, sampleRate });
  return made;
}

function group(label, options) {
  const made = document.createElement('optgroup');
  made.label = label;
  made.append(...options);
  return made;
}

async function speak() {
  const asked = performance.now();
  silence();
  clear();
  const voice = at('voice').selectedOptions[0];
  const run = { abort: new AbortController(), player: new PcmPlayer(Number(voice.dataset.sampleRate)), pieces: [], asked };
  current = run;
  busy(true);
  show('waiting', 'Waiting for the first audio…');
  try {
    const response = await request(voice, run.abort.signal);
    run.answered = true;
    run.player.sampleRate = Number(response.headers.get('X-Sample-Rate'));
    figure('sample-rate', run.player.sampleRate, `${run.player.sampleRate} Hz`);
    figure('seed', response.headers.get('X-Seed'));
    await receive(run, response.body.getReader());
    await playOut(run, 'done', run.player.gaps === 0 ? 'Done.' : 'Done; at times it came slower than it played.');
  } catch (failure) {
    if (run !== current) {
      return;
    }
    if (run.answered) { // with the head of the answer comes a promise of audio
      figure('duration', run.player.seconds.toFixed(3), `${run.player.seconds.toFixed(2)} s`);
      at('error').textContent = `Incomplete: the audio broke off after ${run.player.seconds.toFixed(2)} s.`;
      await playOut(run, 'incomplete', 'Incomplete.');
    } else {
      silence();
      show('error', 'Nothing was spoken.');
      at('error').textContent = messageOf(failure);
    }
  }
}

async function request(voice, signal) {
  const response = await fetch('/v1/audio/speech', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      input: at('text').value, model: voice.dataset.model, voice: voice.value, speed: Number(at('speed').value), response_format: 'pcm',
    }),
    signal,
  });
  await mustBeOk(response);
  return response;
}

/** Plays what comes, as it comes. Fails if the stream breaks off. */
async function receive(run, reader) {
  run.player.started.then(() => {
    if (run === current) {
      speech.dataset.playingMs = Math.round(performance.now() - run.asked);
    }
  });
  let waited = 0; // for the listener, not for the server
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (run.pieces.length === 0) {
      const milliseconds = Math.round(performance.now() - run.asked);
      figure('first-audio-ms', milliseconds, `${milliseconds} ms`);
      show('speaking', 'Speaking…');
    }
    run.pieces.push(value);
    run.player.push(value);
    const full = performance.now();
    await run.player.room(MOST_SECONDS_AHEAD);
    waited += performance.now() - full;
  }
  if (run.player.cutShort) {
    throw new Error('The audio ended within a sample.');
  }
  const milliseconds = performance.now() - run.asked - waited;
  const seconds = run.player.seconds;
  speech.dataset.receivedMs = Math.round(milliseconds);
  figure('duration', seconds.toFixed(3), `${seconds.toFixed(2)} s`);
  figure('real-time-factor', (milliseconds / 1000 / seconds).toFixed(3));
  download.href = URL.createObjectURL(wavOf(run.pieces, run.player.sampleRate));
  download.download = 'speech.wav';
  download.hidden = false;
}

async function playOut(run, state, words) {
  await run.player.end();
  if (run === current) {
    silence();
    show(state, words);
  }
}

/** Ends the current run, in whatever it does. */
function silence() {
  current?.abort.abort();
  current?.player.stop();
  current = undefined;
  busy(false);
}

function busy(yes) {
  if (!yes && document.activeElement === at('stop')) {
    at('speak').focus(); // a disabled button would lose the keyboard's place
  }
  at('stop').disabled = !yes;
}

function show(state, words) {
  speech.dataset.state = state;
  at('status').textContent = words;
}

function figure(id, value, shown = value) {
  speech.setAttribute(`data-${id}`, value);
  at(id).textContent = shown;
}

function clear() {
  for (const name of Object.keys(speech.dataset)) {
    delete speech.dataset[name];
  }
  for (const shown of at('figures').querySelectorAll('dd')) {
    shown.textContent = '–';
  }
  at('error').textContent = '';
  if (!download.hidden) {
    URL.revokeObjectURL(download.href);
    download.removeAttribute('href');
    download.hidden = true;
  }
}

/** Fails with the message of the problem body. */
async function mustBeOk(response) {
  if (!response.ok) {
    const problem = await response.json().catch(() => undefined);
    throw new Error(problem?.error?.message ?? `The server answered ${response.status}.`);
  }
}

function messageOf(failure) {
  return failure instanceof TypeError ? 'The server cannot be reached.' : failure.message;
}
