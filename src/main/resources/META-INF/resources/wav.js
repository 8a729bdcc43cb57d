const HEADER_BYTES = 44;
const FORMAT_CHUNK_BYTES = 16;
const PCM = 1;
const CHANNELS = 1;
const BYTES_PER_SAMPLE = 2;
const FULL_SCALE = 32767;

/**
 * @param {Float32Array} samples
 * @returns {Uint8Array} 16-bit little-endian PCM
 */
export function pcm16(samples) {
  const view = new DataView(new ArrayBuffer(samples.length * BYTES_PER_SAMPLE));
  samples.forEach((sample, i) => view.setInt16(i * BYTES_PER_SAMPLE, Math.round(Math.max(-1, Math.min(1, sample)) * FULL_SCALE), true));
  return new Uint8Array(view.buffer);
}

/**
 * @param {Uint8Array[]} pieces 16-bit little-endian mono PCM
 * @param {number} sampleRate
 * @returns {Blob} the same as a WAV file
 */
export function wavOf(pieces, sampleRate) {
  const dataBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const name = (at, letters) => [...letters].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  name(0, 'RIFF');
  header.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  name(8, 'WAVE');
  name(12, 'fmt ');
  header.setUint32(16, FORMAT_CHUNK_BYTES, true);
  header.setUint16(20, PCM, true);
  header.setUint16(22, CHANNELS, true);
  header.setUint32(24, sampleRate, true);
  header.setUint32(28, sampleRate * CHANNELS * BYTES_PER_SAMPLE, true);
  header.setUint16(32, CHANNELS * BYTES_PER_SAMPLE, true);
  header.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  name(36, 'data');
  header.setUint32(40, dataBytes, true);
  return new Blob([header, ...pieces], { type: 'audio/wav' });
}
