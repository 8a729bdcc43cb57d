/**
 * How programs make a request: one function for each kind of client, all with
 *
 * @param {string} origin of the server
 * @param {object} fields of the request, by the server's names
 * @param {boolean} keyed whether it needs a key; that is read from the environment, so that what is copied holds none
 * @param {string} file where the audio goes
 * @returns {string}
 */
export const snippets = { curl, python, node };

const KEY = 'UTTER_API_KEY';
const OPENAI = ['model', 'voice', 'input', 'response_format', 'speed']; // what its clients know by themselves

function curl(origin, fields, keyed, file) {
  return [
    `curl -f ${origin}/v1/audio/speech`,
    "-H 'Content-Type: application/json'",
    ...(keyed ? [`-H "Authorization: Bearer $${KEY}"`] : []),
    `-d ${shell(literal(fields, 2))}`,
    `-o ${file}`,
  ].join(' \\\n     ');
}

function python(origin, fields, keyed, file) {
  const own = OPENAI.filter((name) => name in fields).map((name) => `    ${name}=${literal(fields[name])},`);
  const extra = Object.fromEntries(Object.entries(fields).filter(([name]) => !OPENAI.includes(name)));
  return [
    ...(keyed ? ['import os', ''] : []),
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${literal(`${origin}/v1`)}, api_key=${keyed ? `os.environ[${literal(KEY)}]` : '"none"'})`,
    'with client.audio.speech.with_streaming_response.create(',
    ...own,
    `    extra_body=${literal(extra)},`,
    ') as response:',
    `    response.stream_to_file(${literal(file)})`,
  ].join('\n');
}

function node(origin, fields, keyed, file) {
  return [
    'import { writeFile } from "node:fs/promises";',
    'import OpenAI from "openai";',
    '',
    `const client = new OpenAI({ baseURL: ${literal(`${origin}/v1`)}, apiKey: ${keyed ? `process.env.${KEY}` : '"none"'} });`,
    `const response = await client.audio.speech.create(${literal(fields, 2)});`,
    `await writeFile(${literal(file)}, response.body);`,
  ].join('\n');
}

/**
 * JSON, which is also a literal of Python and of JavaScript, as long as it holds no true, false or null. What terminals and editors take for
 * more than a character is escaped: controls, and what turns the direction of text.
 */
function literal(value, indent) {
  return JSON.stringify(value, null, indent)
    .replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A word of a POSIX shell. */
function shell(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
