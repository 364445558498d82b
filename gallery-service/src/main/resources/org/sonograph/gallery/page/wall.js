// The wall: the picture of what is heard, its label, and a line where the sound is in it. /wall/STREAM
//   ?mute   shows only, while the sound comes from a sound card or another player
//   ?lag=MS what the loudspeakers are late by, beyond what this browser knows
//   ?paper  a light ground

import {$, el} from "./words.js";
import {Feed, streamName} from "./wall-feed.js";
import {law} from "./wall-seam.js";
import {Sound} from "./wall-sound.js";

const RATE = 48000;
const options = new URLSearchParams(location.search);
const lagFrames = (Number(options.get("lag")) || 0) * RATE / 1000;
const still = matchMedia("(prefers-reduced-motion: reduce)");

let feed;
let sound;
let labelled;

/** Frame of the output that is heard here and now; nothing where none is. */
function frameNow() {
  const frame = sound?.allowed ? sound.now() : feed.frameNow();
  return frame === undefined ? undefined : frame - lagFrames;
}

/** How far the picture before has given way, 0 to 1. */
function dissolved(picture, seconds) {
  if (!picture.overlapSeconds) return 1;
  const x = Math.min(1, (seconds - picture.startSeconds) / picture.overlapSeconds);
  return still.matches ? Math.round(x) : x;
}

function draw() {
  requestAnimationFrame(draw);
  const frame = frameNow();
  const heard = frame === undefined ? undefined : feed.at(frame);
  const shown = heard?.take ? feed.shown(heard.take, heard.seconds) : undefined;
  if (!shown?.picture.image) {
    $("playhead").hidden = true;
    return;
  }
  const {picture, before} = shown;
  const x = before?.image ? dissolved(picture, heard.seconds) : 1;
  hang(x < 1 ? [before.image, picture.image] : [picture.image], x);
  const leading = x < 0.5 ? before : picture;
  label(leading);
  playhead((heard.seconds - leading.startSeconds) / leading.seconds);
}

/** One picture, or two of which the second is so far in front of the first. */
function hang(images, x) {
  const art = $("art");
  if (art.children.length !== images.length || images.some((image, i) => art.children[i] !== image)) art.replaceChildren(...images);
  images[0].style.opacity = 1;
  images.at(-1).style.opacity = x;
  art.classList.toggle("seam", x < 1);
  if (x < 1) seam(...images, x);
  if ($("work").hidden) {
    document.documentElement.style.setProperty("--ratio", images[0].naturalWidth / images[0].naturalHeight);
    document.body.classList.add("hung");
    $("work").hidden = false;
  }
}

function seam(before, after, x) {
  const {slope, intercepts} = law(before, after, x);
  for (const [c, transfer] of document.querySelectorAll("#seam feComponentTransfer > *").entries()) {
    transfer.setAttribute("slope", slope);
    transfer.setAttribute("intercept", intercepts[c]);
  }
}

function playhead(share) {
  const line = $("playhead");
  line.hidden = false;
  line.style.transform = `translateX(${Math.round(share * line.parentElement.clientWidth * devicePixelRatio) / devicePixelRatio}px)`;
}

function label(picture) {
  if (labelled === picture) return;
  labelled = picture;
  const {title, author, medium, prompt, settings, credit} = picture.label;
  const lines = [
    el("h1", {textContent: [title, author].filter(Boolean).join(", ")}),
    prompt && el("p", {className: "prompt", textContent: `“${prompt}”`}),
    el("p", {className: "settings", textContent: [medium, settings].filter(Boolean).join(" ")}),
    el("p", {textContent: credit}),
  ].filter(Boolean);
  if (lines.map(line => line.textContent).join() !== $("label").textContent) $("label").replaceChildren(...lines);
  document.documentElement.style.setProperty("--ratio", picture.image.naturalWidth / picture.image.naturalHeight);
  document.title = `${title} · Sonograph`;
}

/** Keeps the screen awake where the browser can; it lets go whenever the page is hidden. */
async function wake() {
  if (document.visibilityState !== "visible") return;
  try { await navigator.wakeLock?.request("screen"); } catch { /* not now, or not here: the system's own settings count */ }
}

function ask(allowed) {
  $("sound").hidden = allowed;
  document.body.classList.toggle("asking", !allowed);
}

async function start() {
  document.documentElement.classList.toggle("paper", options.has("paper"));
  document.addEventListener("visibilitychange", wake);
  wake();
  const stream = await streamName();
  feed = new Feed(stream);
  if (!options.has("mute")) {
    sound = new Sound(stream, ask);
    for (const gesture of ["pointerup", "keydown"]) addEventListener(gesture, () => sound.allowed || sound.begin());
  }
  draw();
}

start();
