// The stream's sound as this browser plays it, to the sample: which frame of the stream's output leaves the loudspeaker
// now is always known. The server's clock and the sound card's differ: the sound is read up to a thousandth faster or
// slower, which nobody hears. Made of what works on any address: a wall is not always served over https.

import {Return} from "./wall-return.js";

const RATE = 48000;
const HEAD_BYTES = 44;
const FRAME_BYTES = 4;
const PIECE = 2400;
const TARGET_SECONDS = 1;
const FADE_SECONDS = 0.03;
const MOST_CORRECTION = 0.001;
const DEAD_SECONDS = 0.15;
const DONE_SECONDS = 0.02;
const SILENT_MS = 4000;
const TAPS = 16;
const PHASES = 1024;

/** A windowed sinc at a thousand places between two samples. */
const SINC = Array.from({length: PHASES + 1}, (_, phase) => Float32Array.from({length: TAPS}, (_, tap) => {
  const x = tap - TAPS / 2 + 1 - phase / PHASES;
  const window = 0.5 + 0.5 * Math.cos(Math.PI * x / (TAPS / 2));
  return (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
}));

/** Reads a channel from a place between its samples on. */
function read(channel, position, step, out) {
  if (step === 1 && Number.isInteger(position)) {
    out.set(channel.subarray(position, position + out.length));
    return;
  }
  for (let i = 0; i < out.length; i++) {
    const at = position + i * step;
    const whole = Math.floor(at);
    const sinc = SINC[Math.round((at - whole) * PHASES)];
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += sinc[tap] * channel[whole + tap - TAPS / 2 + 1];
    out[i] = sum;
  }
}

export class Sound {
  /** @param changed is told whether the browser lets it be heard, whenever that changes */
  constructor(stream, changed) {
    this.stream = stream;
    this.context = new AudioContext({sampleRate: RATE});
    this.gain = this.context.createGain();
    this.gain.gain.value = 0;
    this.gain.connect(this.context.destination);
    this.spans = [];
    this.context.addEventListener("statechange", () => { changed(this.allowed); this.listen(); });
    this.begin();
    setTimeout(() => { changed(this.allowed); this.listen(); }, 500);
  }

  get allowed() { return this.context.state === "running"; }

  /** Asks the browser for leave to sound; it gives it at once, or after a gesture. */
  begin() {
    this.context.resume().catch(() => {});
  }

  /** Frame of the output that is heard now; nothing while none is. */
  now() {
    const t = this.heardTime();
    const span = this.spans.findLast(s => s.at <= t);
    return span && t < span.at + PIECE / RATE + FADE_SECONDS ? span.frame + (t - span.at) * RATE * span.step : undefined;
  }

  /** Time of the context that leaves the loudspeaker now. */
  heardTime() {
    const {contextTime, performanceTime} = this.context.getOutputTimestamp?.() ?? {};
    const t = contextTime + (performance.now() - performanceTime) / 1000;
    const latest = this.context.currentTime;
    return contextTime > 0 && t > latest - 1 && t <= latest + 0.05 ? t : latest - (this.context.outputLatency || 0);
  }

  async listen() {
    if (this.listening) return;
    this.listening = true;
    const back = new Return();
    while (this.allowed) {
      try {
        await this.follow(() => back.done());
      } catch { /* the server is away: asked again below */ }
      await new Promise(done => setTimeout(done, back.next()));
    }
    this.listening = false;
  }

  async follow(flows) {
    const line = new AbortController();
    let watch = setTimeout(() => line.abort(), SILENT_MS);
    try {
      const answer = await fetch(`/streams/${this.stream}/live.wav`, {signal: line.signal, cache: "no-store"});
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      this.held = [new Float32Array(4 * RATE), new Float32Array(4 * RATE)];
      this.filled = 0;
      this.first = Number(answer.headers.get("Sonograph-Frame"));
      this.position = undefined;
      let rest = new Uint8Array(0);
      let skip = HEAD_BYTES;
      const reader = answer.body.getReader();
      for (let {value: bytes, done} = await reader.read(); !done; {value: bytes, done} = await reader.read()) {
        clearTimeout(watch);
        watch = setTimeout(() => line.abort(), SILENT_MS);
        const all = new Uint8Array(rest.length + bytes.length);
        all.set(rest);
        all.set(bytes, rest.length);
        if (all.length < skip) { rest = all; continue; }
        const frames = Math.floor((all.length - skip) / FRAME_BYTES);
        this.push(new DataView(all.buffer, skip, frames * FRAME_BYTES), frames);
        rest = all.slice(skip + frames * FRAME_BYTES);
        skip = 0;
        if (!this.allowed) return;
        this.schedule();
        flows();
      }
    } finally {
      clearTimeout(watch);
      line.abort();
    }
  }

  /** Takes frames; what was played makes room for them. */
  push(view, frames) {
    const drop = Math.max(0, Math.floor(this.position ?? 0) - TAPS);
    if (this.filled - drop + frames > this.held[0].length) throw new Error("more came than is played");
    for (const [c, channel] of this.held.entries()) {
      channel.copyWithin(0, drop, this.filled);
      for (let i = 0; i < frames; i++) channel[this.filled - drop + i] = view.getInt16(FRAME_BYTES * i + 2 * c, true) / 32768;
    }
    this.filled += frames - drop;
    this.first += drop;
    if (this.position !== undefined) this.position -= drop;
  }

  /** Puts all that is there behind each other, and steers. */
  schedule() {
    const now = this.context.currentTime;
    if (this.position === undefined || this.next < now + 0.02) this.start(now);
    this.steer(this.next - now + (this.filled - this.position) / RATE);
    while (this.position + PIECE * this.step + TAPS / 2 + 1 <= this.filled) {
      const buffer = this.context.createBuffer(2, PIECE, RATE);
      for (const [c, channel] of this.held.entries()) read(channel, this.position, this.step, buffer.getChannelData(c));
      const source = this.context.createBufferSource();
      source.buffer = buffer;
      source.connect(this.gain);
      source.start(this.next);
      this.spans.push({at: this.next, frame: this.first + this.position, step: this.step});
      this.position += PIECE * this.step;
      this.nextSample += PIECE;
    }
    this.fadeAtEnd();
    while (this.spans.length > 1 && this.spans[1].at < now - 2) this.spans.shift();
  }

  /** When the next piece is heard, by the context. */
  get next() { return this.nextSample / RATE; }

  /** Begins anew, out of silence: after a restart, or where the network was slower than the sound. */
  start(now) {
    const wait = this.position === undefined ? 0.1 : 0.5;
    this.position = Math.max(this.position ?? 0, TAPS / 2);
    this.nextSample = Math.ceil((Math.max(now, this.spans.length ? this.spans.at(-1).at + PIECE / RATE : 0) + wait) * RATE);
    this.step = 1;
    this.level = undefined;
    this.full = this.next + FADE_SECONDS;
    this.gain.gain.setValueAtTime(0, this.next);
    this.gain.gain.linearRampToValueAtTime(1, this.full);
    this.fadeAt = Infinity;
  }

  /** Whatever comes last ends softly: it may be the last for a while. */
  fadeAtEnd() {
    if (this.fadeAt < Infinity) this.gain.gain.cancelScheduledValues(this.fadeAt);
    this.fadeAt = Math.max(this.next - FADE_SECONDS, this.full + 0.001);
    this.gain.gain.setValueAtTime(1, this.fadeAt);
    this.gain.gain.linearRampToValueAtTime(0, this.next);
  }

  steer(buffered) {
    this.level = this.level === undefined ? buffered : this.level + (buffered - this.level) * 0.01;
    const error = this.level - TARGET_SECONDS;
    this.correcting = Math.abs(error) > (this.correcting ? DONE_SECONDS : DEAD_SECONDS);
    this.step = this.correcting ? 1 + Math.max(-MOST_CORRECTION, Math.min(MOST_CORRECTION, error / 30)) : 1;
  }
}
