import { pcm16, wavOf } from './wav.js';

/** Records from the microphone what a WAV file can hold: servers read that without further tools, unlike what MediaRecorder gives. */
export class Recorder {
  #context;
  #microphone;
  #pieces = [];
  #samples = 0;

  /** Browsers lend the microphone only to pages that came safely, or from this machine. */
  static get possible() {
    return Boolean(navigator.mediaDevices) && Boolean(globalThis.AudioWorkletNode);
  }

  /**
   * Asks for the microphone and begins.
   *
   * @param {(seconds: number) => void} progress told how long it has become
   */
  async start(progress) {
    this.#microphone = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false }, // made for calls, they change a voice
    });
    this.#context = new AudioContext();
    await this.#context.audioWorklet.addModule('capture.js');
    const capture = new AudioWorkletNode(this.#context, 'capture', { channelCount: 1, channelCountMode: 'explicit' });
    capture.port.onmessage = ({ data }) => {
      this.#pieces.push(pcm16(data));
      this.#samples += data.length;
      progress(this.#samples / this.#context.sampleRate);
    };
    this.#context.createMediaStreamSource(this.#microphone).connect(capture).connect(this.#context.destination); // which hears silence
  }

  /** @returns {Blob} a WAV file of what was recorded */
  stop() {
    this.release();
    return wavOf(this.#pieces, this.#context.sampleRate);
  }

  /** Gives the microphone back. */
  release() {
    this.#microphone?.getTracks().forEach((track) => track.stop());
    this.#context?.close();
  }
}
