// What the server tells a wall: the pictures, and from which frame of the output on which place of which take is heard.
// The line is opened anew whenever it breaks or falls silent.

import {get} from "./api.js";
import {Return} from "./wall-return.js";

const RATE = 48000;
const SILENT_MS = 6000;
const KEPT_SECONDS = 30;
const GONE_MS = 60000;
const AHEAD_MS = 20000;
const NEAREST = 60;

export const pictureKey = (take, chunk) => `${take}/${chunk}`;

/** The stream that the address names; where it names none, the first there is, as soon as there is one. */
export async function streamName() {
  const named = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  if (named) return named;
  for (;;) {
    try {
      const [first] = await get("/streams");
      if (first) return first.name;
    } catch { /* the server is away: asked again below */ }
    await new Promise(done => setTimeout(done, 2000));
  }
}

export class Feed {
  constructor(stream) {
    this.stream = stream;
    this.pictures = new Map();
    this.moments = [];
    this.offsets = [];
    this.back = new Return();
    this.open();
    setInterval(() => {
      if (performance.now() - this.told > SILENT_MS) this.again();
      this.fetchPictures();
    }, 1000);
  }

  open() {
    this.told = performance.now();
    this.source = new EventSource(`/streams/${this.stream}/wall`);
    this.source.addEventListener("picture", event => this.picture(JSON.parse(event.data)));
    this.source.addEventListener("heard", event => this.heard(JSON.parse(event.data)));
    this.source.addEventListener("still", () => { this.told = performance.now(); });
    this.source.addEventListener("error", () => this.again());
  }

  again() {
    this.source.close();
    clearTimeout(this.later);
    const wait = this.back.next();
    this.told = performance.now() + wait;
    this.later = setTimeout(() => this.open(), wait);
  }

  heard(moment) {
    this.told = performance.now();
    this.back.done();
    this.offsets.push(moment.sentMs - this.told);
    if (this.offsets.length > NEAREST) this.offsets.shift();
    while (this.moments.length && this.moments.at(-1).frame >= moment.frame) this.moments.pop();
    this.moments.push(moment);
    while (this.moments[0].frame < moment.frame - KEPT_SECONDS * RATE) this.moments.shift();
    this.fetchPictures();
  }

  /** The server's clock, as near as the quickest message of the last minute came, ms. */
  wallMs() {
    return performance.now() + Math.max(...this.offsets);
  }

  /** Frame that is heard now by the server's clock: what a muted wall goes by. */
  frameNow() {
    const last = this.moments.at(-1);
    return last && last.frame + (this.wallMs() - last.heardMs) * RATE / 1000;
  }

  /** What is heard at a frame: the moment, and how far into its take. */
  at(frame) {
    const moment = this.moments.findLast(m => m.frame <= frame);
    return moment && {...moment, seconds: moment.seconds + (frame - moment.frame) / RATE};
  }

  picture(told) {
    this.told = performance.now();
    const key = pictureKey(told.take, told.chunk);
    if (!this.pictures.has(key)) this.pictures.set(key, told);
    this.pictures.get(key).toldBy = this.source;
  }

  /** Fetches what will soon be shown, and lets go of what is past. */
  fetchPictures() {
    if (!this.offsets.length) return;
    const now = this.wallMs();
    for (const [key, picture] of this.pictures) {
      const begins = picture.dueMs - now;
      if (begins + picture.seconds * 1000 < -GONE_MS) this.pictures.delete(key);
      else if (begins < AHEAD_MS && begins + picture.seconds * 1000 > -AHEAD_MS) this.fetchPicture(picture);
    }
  }

  async fetchPicture(picture) {
    // a server that has just come back may not have it yet: it says when it does
    const isThere = picture.toldBy === this.source && this.source.readyState === EventSource.OPEN;
    if (picture.image || !isThere || performance.now() < (picture.askAt ?? 0)) return;
    const image = new Image();
    picture.askAt = performance.now() + 3000;
    image.src = `/streams/${this.stream}/pictures/${encodeURIComponent(picture.take)}/${picture.chunk}`;
    image.alt = "";
    try {
      await image.decode();
      picture.image = image;
    } catch { /* asked again in a while */ }
  }

  /** The picture that a place of a take is in, and the one before it, as far as they are there. */
  shown(take, seconds) {
    let found;
    for (const picture of this.pictures.values()) {
      const isOver = picture.take === take && picture.startSeconds <= seconds && seconds < picture.startSeconds + picture.seconds;
      if (isOver && (!found || picture.startSeconds > found.startSeconds)) found = picture;
    }
    return found && {picture: found, before: this.pictures.get(pictureKey(take, found.chunk - 1))};
  }
}
