// Plays voices in sync: one is heard, any other takes over at the same place. Sound is fetched in short
// parts shortly before it is due, so that an hour costs no more memory than a minute.

const PART = 4;
const AHEAD = 6;
const LEAD = 0.06;
const FADE = 0.02;

export class Player {
  /** @param moved is told position and whether it plays, often */
  constructor(moved) {
    this.moved = moved;
    this.position = 0;
    this.playing = false;
    this.voice = undefined;
    this.parts = new Map();
    this.running = new Set();
    this.generation = 0;
  }

  /** Sets the voice to be heard: {key, until(), part(from, seconds, context) → AudioBuffer}. */
  async hear(voice) {
    if (this.voice?.key === voice.key) { this.voice = voice; return; }
    this.voice = voice;
    if (this.playing) await this.start(this.now());
  }

  now() {
    if (!this.playing) return this.position;
    const at = this.origin + Math.max(0, this.context.currentTime - this.startedAt);
    return Math.min(at, this.scheduled);
  }

  async toggle() {
    if (this.playing) this.pause(); else await this.play();
  }

  async play(from = this.position) {
    if (!this.voice) return;
    const end = this.voice.until();
    await this.start(from >= end - 0.05 && this.voice.whole() ? 0 : from);
  }

  pause() {
    this.position = this.now();
    this.playing = false;
    this.silence();
    this.moved(this.position, false);
  }

  async seek(to) {
    this.position = Math.max(0, to);
    if (this.playing) await this.start(this.position); else this.moved(this.position, false);
  }

  stop() {
    if (this.playing) this.pause();
    this.voice = undefined;
    this.parts.clear();
  }

  silence() {
    this.generation++;
    for (const {source, gain} of this.running) {
      const t = this.context.currentTime;
      gain.gain.cancelScheduledValues(t);
      gain.gain.setValueAtTime(gain.gain.value, t);
      gain.gain.linearRampToValueAtTime(0, t + FADE);
      source.stop(t + FADE);
    }
    this.running.clear();
  }

  async start(from) {
    this.context ??= new AudioContext({sampleRate: 48000});
    await this.context.resume();
    const before = this.generation;
    const first = await this.part(Math.floor(from / PART)).catch(() => undefined);
    if (before !== this.generation) return;
    this.silence();
    this.position = from;
    this.origin = from;
    this.startedAt = this.context.currentTime + LEAD;
    this.scheduled = from;
    this.playing = true;
    this.schedule(first, from, true);
    this.feed(this.generation);
  }

  /** Keeps the next seconds scheduled, and waits where they have not come yet. */
  async feed(generation) {
    while (this.playing && generation === this.generation) {
      const at = this.now();
      this.moved(at, true);
      if (this.scheduled - at < AHEAD && this.scheduled < this.voice.until() - 0.001) {
        const index = Math.floor((this.scheduled + 1e-6) / PART);
        try {
          const part = await this.part(index);
          if (generation !== this.generation) return;
          if (this.context.currentTime > this.startedAt + this.scheduled - this.origin) {
            this.origin = this.scheduled;
            this.startedAt = this.context.currentTime + LEAD;
          }
          this.schedule(part, this.scheduled, false);
        } catch { /* it has not come, or the server is away: asked again below */ }
      } else if (at >= this.scheduled - 0.01 && this.voice.whole()) {
        this.position = this.scheduled;
        this.playing = false;
        this.moved(this.position, false);
        return;
      }
      await new Promise(done => setTimeout(done, 100));
    }
  }

  schedule(buffer, from, faded) {
    const offset = from - Math.floor((from + 1e-6) / PART) * PART;
    if (!buffer || buffer.duration - offset <= 0) return;
    const source = this.context.createBufferSource();
    const gain = this.context.createGain();
    source.buffer = buffer;
    source.connect(gain).connect(this.context.destination);
    const when = this.startedAt + from - this.origin;
    if (faded) {
      gain.gain.setValueAtTime(0, when);
      gain.gain.linearRampToValueAtTime(1, when + FADE);
    }
    source.start(when, Math.max(0, offset));
    this.scheduled = from + buffer.duration - offset;
    const entry = {source, gain};
    this.running.add(entry);
    source.onended = () => this.running.delete(entry);
  }

  /** A part of the voice, decoded; whole parts are kept for a while. */
  async part(index) {
    const key = `${this.voice.key}/${index}`;
    const known = this.parts.get(key);
    if (known) return known;
    const buffer = await this.voice.part(index * PART, PART, this.context);
    if (buffer && buffer.duration > PART - 0.01) {
      this.parts.set(key, buffer);
      if (this.parts.size > 24) this.parts.delete(this.parts.keys().next().value);
    }
    return buffer;
  }
}
