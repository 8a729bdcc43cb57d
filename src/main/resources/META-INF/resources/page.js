import { showAdded, startAdding } from './adding.js';
import { at, blame, forgive } from './dom.js';
import { askForKey } from './key.js';
import { offer, showFormats, withdraw } from './offer.js';
import { PcmPlayer } from './player.js';
import { startReading } from './reading.js';
import { messageOf, post, Refusal } from './server.js';
import { chosen, showVoices, thereIs } from './voices.js';
import { Waveform } from './waveform.js';

const RETRY_MS = 1000;
const MOST_SECONDS_AHEAD = 60; // what is taken from the server before it is heard
const NUMBERS = ['seed', 'top_k', 'top_p', 'temperature', 'repetition_penalty'];
const NUMBER = /^-?\d+(\.\d+)?$/;

const speech = at('speech'); // its data- attributes tell scripts and tests what the page tells people
const form = at('form');
const waveform = new Waveform(at('waveform'));

/** The run whose sound and figures are on the page; a run that is not it touches nothing. */
let current;
/** The last that came whole, for those who want to hear it again. */
let whole;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!at('speak').disabled) {
    speak();
  }
});
at('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
at('stop').addEventListener('click', () => {
  silence();
  show('stopped', 'Stopped.');
});
at('again').addEventListener('click', playAgain);
at('speed').addEventListener('input', showSpeed);
at('voice').addEventListener('change', () => showFormats(chosen().formats));
at('change-key').addEventListener('click', async () => {
  if (await askForKey('Another key for what is asked from now on.') && speech.dataset.state === 'locked') {
    begin();
  }
});
showSpeed(); // a browser may have kept another than the default
startAdding(load);
startReading(() => chosen() && textFields());
begin();

function showSpeed() {
  at('speed-shown').value = `${Number(at('speed').value)}×`;
}

async function begin() {
  try {
    await load();
    show('idle', chosen() ? 'Ready.' : 'There is no voice yet.');
  } catch (failure) {
    if (failure.locked) {
      show('locked', failure.message);
      return;
    }
    show('starting', `${messageOf(failure)} Trying again…`);
    setTimeout(begin, RETRY_MS);
  }
}

/** Shows the voices there are now. */
async function load(wanted) {
  const there = await thereIs();
  showVoices(there, wanted);
  showAdded(there);
  at('speak').disabled = !chosen();
  if (chosen()) {
    showFormats(chosen().formats);
  }
}

function textFields() {
  const { model, id } = chosen();
  const language = at('language').value;
  return { model, voice: id, input: at('text').value, ...(language && { language }) };
}

/** What is asked for, by the server's names. Ranges are the server's matter. */
function fields() {
  const asked = { ...textFields(), speed: Number(at('speed').value) };
  for (const name of NUMBERS) {
    const given = form.elements.namedItem(name).value.trim();
    if (given !== '') {
      if (!NUMBER.test(given) || name === 'seed' && !Number.isSafeInteger(Number(given))) {
        throw new Refusal(`${name} must be a ${name === 'seed' ? 'whole number below 2^53' : 'number'}.`, name);
      }
      asked[name] = Number(given);
    }
  }
  return asked;
}

async function speak() {
  const asked = performance.now();
  silence();
  clear();
  const sampleRate = chosen().sampleRate;
  const run = begun(sampleRate, asked);
  show('waiting', 'Waiting for the first audio…');
  try {
    run.fields = fields();
    const response = await post('/v1/audio/speech', { ...run.fields, response_format: 'pcm', sample_rate: sampleRate }, run.abort.signal);
    run.answered = true;
    readHead(run, response.headers);
    await receive(run, response.body.getReader());
    await playOut(run, 'done', run.player.gaps === 0 ? 'Done.' : 'Done; at times it came slower than it played.');
  } catch (failure) {
    if (run !== current) {
      return;
    }
    if (run.answered) { // with the head of the answer comes a promise of audio
      figure('duration', run.player.seconds.toFixed(3), `${run.player.seconds.toFixed(2)} s`);
      blame(form, at('error'), `Incomplete: the audio broke off after ${run.player.seconds.toFixed(2)} s.`);
      await playOut(run, 'incomplete', 'Incomplete.');
    } else {
      silence();
      show('error', 'Nothing was spoken.');
      blame(form, at('error'), messageOf(failure), failure.field);
    }
  }
}

/** A run that is now the one on the page. */
function begun(sampleRate, asked) {
  current = { abort: new AbortController(), player: new PcmPlayer(sampleRate), pieces: [], asked };
  busy(true);
  return current;
}

function readHead(run, headers) {
  run.player.sampleRate = Number(headers.get('X-Sample-Rate'));
  run.fields.seed = Number(headers.get('X-Seed'));
  figure('sample-rate', run.player.sampleRate, `${run.player.sampleRate} Hz`);
  figure('seed', run.fields.seed);
  milliseconds('text-ms', headers.get('X-Text-Time'));
  milliseconds('queue-ms', headers.get('X-Queue-Time'));
  milliseconds('made-ms', headers.get('X-Time-To-First-Audio'));
}

/** Plays what comes, as it comes. Fails if the stream breaks off. */
async function receive(run, reader) {
  run.player.started.then(() => {
    if (run === current) {
      speech.dataset.playingMs = Math.round(performance.now() - run.asked);
    }
  });
  waveform.follow(() => run.player.heard);
  let waited = 0; // for the listener, not for the server
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (run.pieces.length === 0) {
      milliseconds('first-audio-ms', Math.round(performance.now() - run.asked));
      show('speaking', 'Speaking…');
    }
    run.pieces.push(value);
    waveform.add(run.player.push(value), run.player.sampleRate);
    const full = performance.now();
    await run.player.room(MOST_SECONDS_AHEAD);
    waited += performance.now() - full;
  }
  if (run.player.cutShort) {
    throw new Error('The audio ended within a sample.');
  }
  const taken = performance.now() - run.asked - waited;
  const seconds = run.player.seconds;
  waveform.end();
  milliseconds('received-ms', Math.round(taken));
  figure('duration', seconds.toFixed(3), `${seconds.toFixed(2)} s`);
  figure('real-time-factor', (taken / 1000 / seconds).toFixed(3));
  whole = { fields: run.fields, pieces: run.pieces, sampleRate: run.player.sampleRate };
  at('again').disabled = false;
  offer(whole);
}

async function playAgain() {
  silence();
  const run = begun(whole.sampleRate);
  show('speaking', 'Speaking…');
  waveform.follow(() => run.player.heard);
  whole.pieces.forEach((piece) => run.player.push(piece));
  await playOut(run, 'done', 'Done.');
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
  waveform.stop();
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

function milliseconds(id, value) {
  figure(id, value, value === null ? '–' : `${value} ms`);
}

function clear() {
  for (const name of Object.keys(speech.dataset)) {
    delete speech.dataset[name];
  }
  for (const shown of at('figures').querySelectorAll('dd')) {
    shown.textContent = '–';
  }
  forgive(form, at('error'));
  waveform.clear();
  at('again').disabled = true;
  withdraw();
}
