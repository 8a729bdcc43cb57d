import { askForKey, key } from './key.js';

/** What the server says about a request that it does not serve. */
export class Refusal extends Error {
  /**
   * @param {string} message for people
   * @param {string} [field] at fault
   * @param {string} [code] stable name of the error
   */
  constructor(message, field, code) {
    super(message);
    Object.assign(this, { field, code });
  }

  /** Whether it was for want of a key, which its owner did not give when asked. */
  get locked() {
    return this.code === 'missing_api_key' || this.code === 'invalid_api_key';
  }
}

/**
 * Sends a request, with the key if there is one; asks for a key where it is needed.
 *
 * @returns {Promise<Response>} whose status is one of success
 * @throws {Refusal} in the server's words
 */
export async function ask(path, options = {}) {
  for (;;) {
    const used = key();
    const headers = used === null ? options.headers : { ...options.headers, Authorization: `Bearer ${used}` };
    const response = await fetch(path, { ...options, headers });
    if (response.ok) {
      return response;
    }
    const refusal = await refusalOf(response);
    const another = refusal.locked && (key() !== used || await askForKey(used === null ? 'This server answers only those who have a key.' : refusal.message));
    if (!another) {
      throw refusal;
    }
  }
}

/** The JSON of an answer. */
export async function get(path, options) {
  return (await ask(path, options)).json();
}

/** POSTs JSON; as {@link ask}. */
export function post(path, fields, signal) {
  return ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fields), signal });
}

/** What to tell people of a failure. */
export function messageOf(failure) {
  return failure instanceof TypeError ? 'The server cannot be reached.' : failure.message;
}

async function refusalOf(response) {
  const problem = await response.json().catch(() => undefined);
  return new Refusal(problem?.error?.message ?? `The server answered ${response.status}.`, problem?.error?.param, problem?.error?.code);
}
