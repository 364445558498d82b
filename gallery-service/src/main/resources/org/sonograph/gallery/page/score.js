// A take as a score: one time axis, staves under each other, one playhead across all.

import {filePath, takePath, Refused} from "./api.js";
import {$, el, ranges, time} from "./words.js";
import {wave, ink, peaksOf, zoom} from "./drawing.js";

const LEAST_PIXELS_A_SECOND = 24;
const STEPS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

export class Score {
  constructor(seek) {
    this.box = $("score");
    this.sheet = $("sheet");
    this.clear();
    this.box.addEventListener("click", event => {
      if (this.scale) seek((event.clientX - this.sheet.getBoundingClientRect().left) / zoom() / this.scale);
    });
    new ResizeObserver(() => this.track && this.fit()).observe(this.box);
  }

  clear() {
    this.track = undefined;
    this.scale = 0;
    this.sheet.replaceChildren();
    this.staves = new Map();
    this.pictures = new Map();
    this.width = 0;
  }

  /** Lays the staves out for a track; what is there already stays. */
  show(track, readings) {
    this.track = track;
    if (!this.staves.size) {
      this.playhead = el("div", {id: "playhead"});
      this.ruler = el("div", {id: "ruler", ariaHidden: "true"});
      this.sheet.append(this.playhead, this.ruler);
      this.stave("spectrogram", "the sound, as it was drawn", "");
      this.stave("art", "the art", "art");
    }
    readings.forEach(name => this.staves.has(name) || this.stave(name, name, "", true));
    this.fit();
  }

  /** A stave of the sound itself, where this browser has it. */
  source(buffer) {
    if (this.staves.has("source") || !this.track) return;
    this.stave("source", "the sound", "", true);
    this.sheet.insertBefore(this.staves.get("source").box, this.staves.get("spectrogram").box);
    this.staves.get("source").peaks = peaksOf(buffer, 4096, this.track.page.seconds || buffer.duration);
    this.drawWave("source");
  }

  stave(name, title, kind, isWave = false) {
    const strip = el("div", {className: isWave ? "strip wave-strip" : "strip"});
    const box = el("section", {className: `stave ${kind}`}, el("h3", {textContent: title}), strip);
    const stave = {box, strip};
    if (isWave) {
      stave.canvas = el("canvas", {role: "img", ariaLabel: `Loudness of ${title} over time`});
      strip.append(stave.canvas);
    }
    box.dataset.stave = name;
    this.sheet.append(box);
    this.staves.set(name, stave);
  }

  /** Seconds a chunk begins at and lasts. */
  place(chunk) {
    const {track, interpretation, page} = this.track;
    const s = interpretation.spectrogram;
    const rate = track.sampleRateHz || s.sampleRateHz;
    if (interpretation.profile === "notebook" || !s.hopSamples || track.totalChunks === 1) return [0, page.seconds];
    const stride = track.strideSamples || (s.width - s.overlapColumns) * s.hopSamples;
    return [chunk * stride / rate, s.width * s.hopSamples / rate];
  }

  fit() {
    const seconds = this.track.page.seconds;
    if (!seconds) return;
    const width = Math.floor(Math.max(this.box.clientWidth, Math.min(120000, seconds * LEAST_PIXELS_A_SECOND)));
    const scale = width / seconds;
    const [, chunk] = this.place(0);
    const drawn = this.track.interpretation.spectrogram;
    const tall = scale * chunk * ((drawn.height / drawn.width) || 1);
    this.box.style.setProperty("--art", `${Math.round(Math.max(192, Math.min(tall, innerHeight / zoom() / 2)))}px`);
    this.box.ariaValueMax = seconds.toFixed(1);
    if (Math.abs(scale - this.scale) > 1e-6) {
      this.scale = scale;
      this.width = width;
      this.sheet.style.width = `${width}px`;
      this.rule(seconds);
      for (const [key, image] of this.pictures) this.put(image, Number(key.split("/")[1]));
      for (const name of this.staves.keys()) this.drawWave(name);
      this.move(this.at || 0);
    }
    this.picture();
  }

  rule(seconds) {
    const step = STEPS.find(s => s * this.scale >= 72) || 600;
    this.ruler.replaceChildren();
    for (let at = 0; at < seconds; at += step) {
      const mark = el("span", {textContent: at < 60 ? `${at} s` : time(at).replace(/\.0$/, "")});
      mark.style.left = `${at * this.scale}px`;
      this.ruler.append(mark);
    }
  }

  put(image, chunk) {
    const [from, length] = this.place(chunk);
    image.style.left = `${from * this.scale}px`;
    image.style.width = `${length * this.scale}px`;
    const s = this.track.interpretation.spectrogram;
    const share = chunk > 0 && s.width ? 100 * s.overlapColumns / s.width : 0;
    if (share > 0) image.style.maskImage = `linear-gradient(to right, transparent, black ${share}%)`;
  }

  /** A chunk develops: its spectrogram, what is painted so far, the art. */
  picture(seen) {
    const {take, chunks, page} = this.track;
    if (!page.seconds) return;
    const drawn = ranges(chunks.spectrograms).union(seen?.drawn ?? new Set());
    const painted = ranges(chunks.arts).union(seen?.painted ?? new Set());
    const name = chunk => `${String(chunk).padStart(6, "0")}.png`;
    for (const chunk of drawn) {
      this.image("spectrogram", chunk, filePath(take, `spectrogram/${name(chunk)}`), "");
      if (!painted.has(chunk) && !this.pictures.has(`art/${chunk}`)) {
        this.image("art", chunk, filePath(take, `spectrogram/${name(chunk)}`), "grey");
      }
    }
    for (const chunk of painted) this.image("art", chunk, filePath(take, `art/${name(chunk)}`), "");
  }

  preview(chunk, count) {
    if (this.track?.page.seconds) this.image("art", chunk, `${takePath(this.track.take)}/previews/${chunk}?n=${count}`, "preview");
  }

  image(stave, chunk, src, kind) {
    const key = `${stave}/${chunk}`;
    let image = this.pictures.get(key);
    if (!image) {
      image = el("img", {alt: "", loading: "lazy", decoding: "async"});
      image.dataset.chunk = chunk;
      this.pictures.set(key, image);
      const strip = this.staves.get(stave).strip;
      const next = [...strip.children].find(other => Number(other.dataset.chunk) > chunk);
      strip.insertBefore(image, next || null);
      this.put(image, chunk);
    }
    if (image.getAttribute("src") !== src) {
      image.src = src;
      image.className = kind;
    }
  }

  /** Marks what failed, with its reason. */
  failures(all) {
    for (const failure of all) {
      for (const name of failure.readings) {
        const strip = this.staves.get(name)?.strip;
        if (!strip || strip.querySelector(`[data-failed="${failure.chunk}"]`)) continue;
        const mark = el("div", {className: "failed", textContent: `silence: ${failure.reason}`, title: failure.reason});
        mark.dataset.failed = failure.chunk;
        mark.style.left = `${failure.startSeconds * this.scale}px`;
        mark.style.width = `${failure.seconds * this.scale}px`;
        strip.append(mark);
      }
    }
  }

  /** Fetches what a reading looks like so far. */
  async loudness(voice) {
    const columns = Math.min(4096, Math.max(256, Math.round(this.width)));
    try {
      const peaks = await voice.peaks(columns, this.track.page.seconds);
      const known = this.staves.get(voice.stave);
      if (known) {
        known.peaks = peaks;
        this.drawWave(voice.stave);
      }
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
    }
  }

  drawWave(name) {
    const stave = this.staves.get(name);
    if (stave?.canvas && stave.peaks && this.width) wave(stave.canvas, stave.peaks, this.width, 64, ink());
  }

  heard(name) {
    for (const [other, stave] of this.staves) stave.box.dataset.heard = other === name;
  }

  move(at) {
    this.at = at;
    if (!this.scale) return;
    const x = at * this.scale;
    this.playhead.style.transform = `translateX(${x}px)`;
    this.box.ariaValueNow = at.toFixed(1);
    this.box.ariaValueText = time(at);
    if (x < this.box.scrollLeft || x > this.box.scrollLeft + this.box.clientWidth - 8) {
      this.box.scrollLeft = x - 16;
    }
  }
}
