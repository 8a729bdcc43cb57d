const PEAKS_PER_SECOND = 100;
const SHORTEST_SPAN_SECONDS = 4; // while audio comes: half as much fills half of the canvas
const BAR_PIXELS = 2;
const GAP_PIXELS = 1;
const CALM_MS = 1000; // between pictures, for those who want less motion

/**
 * Draws sound while it comes, and how much of it has been heard. While more is to come, time keeps its scale until the canvas is full; then
 * twice as much fits. Sound that is whole fills the canvas.
 */
export class Waveform {
  #canvas;
  #peaks = []; // largest magnitude of each hundredth of a second
  #left = 0; // samples that the last peak still takes
  #whole = false;
  #heard = () => 0;
  #moving = false;
  #calm = matchMedia('(prefers-reduced-motion: reduce)');

  /** @param {HTMLCanvasElement} canvas whose size is its style's */
  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** Forgets what was drawn. */
  clear() {
    this.#peaks = [];
    this.#left = 0;
    this.#whole = false;
    this.#heard = () => 0;
    this.stop();
  }

  /**
   * @param {Float32Array} samples the next, within -1 to 1
   * @param {number} sampleRate
   */
  add(samples, sampleRate) {
    for (const sample of samples) {
      if (this.#left === 0) {
        this.#peaks.push(0);
        this.#left = Math.round(sampleRate / PEAKS_PER_SECOND);
      }
      this.#left--;
      const last = this.#peaks.length - 1;
      this.#peaks[last] = Math.max(this.#peaks[last], Math.abs(sample));
    }
    if (this.#calm.matches) {
      this.#draw();
    }
  }

  /** No more comes. */
  end() {
    this.#whole = true;
    this.#draw();
  }

  /** @param {() => number} heard from now on: how many seconds have been heard */
  follow(heard) {
    this.#heard = heard;
    if (!this.#moving) {
      this.#moving = true;
      this.#move();
    }
  }

  /** No more is heard. */
  stop() {
    const heard = this.#heard();
    this.#heard = () => heard;
    this.#moving = false;
    this.#draw();
  }

  #move() {
    if (this.#moving) {
      this.#draw();
      const next = () => this.#move();
      this.#calm.matches ? setTimeout(next, CALM_MS) : requestAnimationFrame(next);
    }
  }

  #draw() {
    const canvas = this.#canvas;
    const scale = devicePixelRatio;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const pen = canvas.getContext('2d');
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const style = getComputedStyle(canvas);
    const [still, played] = ['--line', '--accent'].map((name) => style.getPropertyValue(name));
    const peaksPerPixel = this.#span() / width;
    const position = this.#heard() * PEAKS_PER_SECOND / peaksPerPixel;
    for (let x = 0; x + BAR_PIXELS <= width; x += BAR_PIXELS + GAP_PIXELS) {
      const from = Math.floor(x * peaksPerPixel);
      const to = Math.max(from + 1, Math.floor((x + BAR_PIXELS + GAP_PIXELS) * peaksPerPixel));
      const peak = Math.max(0, ...this.#peaks.slice(from, to));
      const bar = Math.max(1, Math.min(1, peak) * height);
      pen.fillStyle = x < position ? played : still;
      pen.fillRect(x, (height - bar) / 2, BAR_PIXELS, bar);
    }
    if (this.#moving) {
      pen.fillStyle = style.color;
      pen.fillRect(Math.min(position, width - 1), 0, 1, height);
    }
  }

  /** In peaks. */
  #span() {
    if (this.#whole) {
      return Math.max(1, this.#peaks.length);
    }
    const doublings = Math.log2(this.#peaks.length / (SHORTEST_SPAN_SECONDS * PEAKS_PER_SECOND));
    return SHORTEST_SPAN_SECONDS * PEAKS_PER_SECOND * 2 ** Math.max(0, Math.ceil(doublings));
  }
}
