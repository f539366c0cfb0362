// A soft sound, made on the device: two low notes that come and go slowly. There is no file to fetch.

/** Hertz: a fifth, the higher note after the lower. */
const NOTES = [262, 392];
/** Seconds between two notes, until one is at its loudest, and until it is gone. */
const STEP = 0.35;
const RISE = 0.12;
const LENGTH = 1.4;
/** Of the loudest there is. */
const VOLUME = 0.08;

/** Whether this browser can make a sound of its own. */
export const canSound = () => typeof globalThis.AudioContext === "function";

/** Browsers make a sound only after a tap: this is to be made at one. */
export class SoftSound {
  #context = new AudioContext();

  /** Plays it once. */
  async play() {
    const context = this.#context;
    try {
      await context.resume();
    } catch {
      return; // the device does not want to, or the sound was put away meanwhile
    }
    NOTES.forEach((frequency, at) => {
      const start = context.currentTime + at * STEP;
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(VOLUME, start + RISE);
      volume.gain.linearRampToValueAtTime(0, start + LENGTH);
      const tone = new OscillatorNode(context, { frequency, type: "sine" });
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + LENGTH);
    });
  }

  /** Puts it away, for good. */
  async close() {
    await this.#context.close().catch(() => undefined);
  }
}
