/** In the thread of the audio: hands over what comes in. */
registerProcessor('capture', class extends AudioWorkletProcessor {
  process([[samples]]) {
    if (samples) {
      this.port.postMessage(samples.slice());
    }
    return true;
  }
});
