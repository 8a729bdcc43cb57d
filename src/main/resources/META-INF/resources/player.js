const START_DELAY_SECONDS = 0.05; // how far ahead sound begins after silence, so that a small delay is not a gap yet
const SAFETY_SECONDS = 0.01; // what comes closer to its time than this is too late: the audio thread may be past it
const ROOM_POLL_MS = 100;
const BYTES_PER_SAMPLE = 2;
const FULL_SCALE = 32768;

/**
 * Plays 16-bit little-endian mono PCM while it arrives. Pieces may be cut anywhere, also within a sample. They are played back to back on
 * the context's sample grid; a piece that comes too late begins a little after it came: there is a gap then, never an overlap.
 *
 * Made in the event of a click, because browsers let only those begin to sound.
 */
export class PcmPlayer {
  #context;
  #half = new Uint8Array(0); // the first byte of a sample whose second has not come
  #position = 0; // where the next piece begins, in samples of the context's time
  #played = Promise.resolve();
  #stretches = []; // of sound without a gap: where each begins in the context's time and in the sound, in samples
  #start;

  /** Seconds of sound taken so far. */
  seconds = 0;
  /** How often sound ran out before the next piece came. */
  gaps = 0;
  /** Resolves when the first sample has been played. */
  started = new Promise((resolve) => { this.#start = resolve; });

  /** @param {number} sampleRate expected; set {@link sampleRate} before the first piece if it turns out to be another */
  constructor(sampleRate) {
    this.sampleRate = sampleRate;
    this.#context = new AudioContext({ sampleRate });
    this.#context.resume();
  }

  /**
   * @param {Uint8Array} bytes the next piece
   * @returns {Float32Array} the samples that it completes
   */
  push(bytes) {
    const samples = this.#samples(bytes);
    if (samples.length === 0) {
      return samples;
    }
    const first = this.seconds === 0;
    const now = this.#context.currentTime;
    const late = this.#position < (now + SAFETY_SECONDS) * this.sampleRate;
    if (first || late) {
      this.#position = Math.ceil((now + START_DELAY_SECONDS) * this.sampleRate);
      this.gaps += first ? 0 : 1;
      this.#stretches.push({ begins: this.#position, at: this.seconds * this.sampleRate });
    }
    if (first) {
      this.#schedule(new Float32Array(1)).then(this.#start); // a sample of silence that tells when its time has come
    }
    this.#played = this.#schedule(samples);
    this.#position += samples.length;
    this.seconds += samples.length / this.sampleRate;
    return samples;
  }

  /** Seconds of sound heard so far. */
  get heard() {
    const now = this.#context.currentTime * this.sampleRate;
    const current = this.#stretches.findLastIndex(({ begins }) => begins <= now);
    if (current < 0) {
      return 0;
    }
    const { begins, at } = this.#stretches[current];
    const end = this.#stretches[current + 1]?.at ?? this.seconds * this.sampleRate;
    return Math.min(at + now - begins, end) / this.sampleRate;
  }

  /**
   * Resolves when no more than so many seconds of sound wait to be played, or nothing is played any more. A reader that waits for this
   * takes no more from the server than somebody will hear.
   */
  async room(seconds) {
    while (this.#context.state === 'running' && this.#position / this.sampleRate - this.#context.currentTime > seconds) {
      await new Promise((resolve) => { setTimeout(resolve, ROOM_POLL_MS); });
    }
  }

  /** Whether the stream ended within a sample. */
  get cutShort() {
    return this.#half.length > 0;
  }

  /** Resolves when all that was pushed has been played. */
  async end() {
    await this.#played;
    this.stop();
  }

  /** Silence at once. */
  stop() {
    if (this.#context.state !== 'closed') {
      this.#context.close();
    }
  }

  #schedule(samples) {
    const buffer = this.#context.createBuffer(1, samples.length, this.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#context.destination);
    source.start(this.#position / this.sampleRate);
    return new Promise((resolve) => { source.onended = resolve; });
  }

  #samples(bytes) {
    const whole = new Uint8Array(this.#half.length + bytes.length);
    whole.set(this.#half);
    whole.set(bytes, this.#half.length);
    const count = Math.floor(whole.length / BYTES_PER_SAMPLE);
    this.#half = whole.slice(count * BYTES_PER_SAMPLE);
    const view = new DataView(whole.buffer);
    const samples = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      samples[i] = view.getInt16(i * BYTES_PER_SAMPLE, true) / FULL_SCALE;
    }
    return samples;
  }
}
