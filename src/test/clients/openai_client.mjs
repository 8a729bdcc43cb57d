// One call of the official OpenAI SDK, as its users write it: openai_client.mjs BASE_URL KEY SCENARIO.
// Prints what the SDK made of it as one line of JSON; when a stream is first heard, a line that says so before.
import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OpenAI = createRequire(process.cwd() + '/target/clients/')('openai');
const [baseURL, apiKey, scenario] = process.argv.slice(2);
const hello = { model: 'gpt-4o-mini-tts', voice: 'ada', input: 'Hello' };
const client = (maxRetries = 0) => new OpenAI({ baseURL, apiKey, maxRetries });

async function bytes(response) {
  return (await response.arrayBuffer()).byteLength;
}

const scenarios = {
  async to_file() {
    const folder = await mkdtemp(join(tmpdir(), 'speech'));
    const file = join(folder, 'a.mp3');
    await writeFile(file, Buffer.from(await (await client().audio.speech.create(hello)).arrayBuffer()));
    const length = (await readFile(file)).length;
    await rm(folder, { recursive: true });
    return { bytes: length };
  },
  async streamed() {
    const response = await client().audio.speech.create({ ...hello, response_format: 'pcm' });
    let total = 0;
    for await (const chunk of response.body) {
      if (total === 0) {
        console.log('heard');
      }
      total += chunk.length;
    }
    return { bytes: total, type: response.headers.get('content-type') };
  },
  async events() {
    const response = await client().audio.speech.create({ ...hello, stream_format: 'sse' });
    const lines = (await response.text()).split('\n').filter(Boolean);
    return { types: lines.map((line) => JSON.parse(line.replace(/^data: /, '')).type) };
  },
  async midstream_error() {
    // the SDK's own reader of events, as in its other streams
    const stream = await client().post('/audio/speech', { body: { ...hello, stream_format: 'sse' }, stream: true });
    let events = 0;
    for await (const _ of stream) {
      events++;
    }
    return { events };
  },
  async models() {
    const ids = [];
    for await (const model of client().models.list()) {
      ids.push(model.id);
    }
    return { ids, one: (await client().models.retrieve('hum')).id };
  },
  async retried() {
    const begun = Date.now();
    return { bytes: await bytes(await client(2).audio.speech.create(hello)), seconds: (Date.now() - begun) / 1000 };
  },
  async speak() {
    return { bytes: await bytes(await client().audio.speech.create(hello)) };
  },
  bad_speed: () => client().audio.speech.create({ ...hello, speed: 9 }),
  no_such_voice: () => client().audio.speech.create({ ...hello, voice: 'nobody' }),
  add_voice: () => client().post('/audio/voices', { body: form() }),
  too_long: () => client().audio.speech.create({ ...hello, input: 'a'.repeat(4097) }),
};

function form() {
  const body = new FormData();
  body.append('name', 'Eve');
  body.append('audio_sample', new Blob(['RIFF'], { type: 'audio/wav' }), 'a.wav');
  return body;
}

let found;
try {
  found = await scenarios[scenario]();
} catch (error) {
  if (!(error instanceof OpenAI.APIError)) {
    throw error;
  }
  found = { error: error.constructor.name, status: error.status, code: error.code, param: error.param, type: error.type, id: error.requestID };
}
console.log(JSON.stringify(found));
