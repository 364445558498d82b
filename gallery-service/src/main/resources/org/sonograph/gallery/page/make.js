// Make: a sound, a recipe, an estimate, and off it goes.

import {get, isCollected, onItsWay, send, takePath} from "./api.js";
import {$, copy, el, plural, ranges, recipeLink, save, span} from "./words.js";
import {wave, ink, peaksOf} from "./drawing.js";
import {Player} from "./player.js";
import {ownVoice} from "./voice.js";
import {record} from "./recorder.js";
import * as sources from "./sources.js";

const WORK = "sonograph-work";
const PRESETS = [
  {name: "Close to the sound", strength: 0.4, help: "The picture is only touched up: what you hear is mostly what you gave."},
  {name: "Both hands", help: "Rhythm and shape stay, colour and detail are new."},
  {name: "A picture of its own", strength: 0.9, help: "Little of the sound is left but where it began."},
];
const OWN_DECODING_LIMIT = 80e6;

const player = new Player((at, playing) => { $("listen").textContent = playing ? "Stop" : "Listen"; });
let source;
let usual;

/** The sound that is to be read, with what this browser can tell of it. */
async function take(sound) {
  player.stop();
  source = sound;
  $("source-said").textContent = `${sound.name} is looked at.`;
  $("listen").disabled = true;
  let buffer;
  try {
    if (sound.blob.size > OWN_DECODING_LIMIT) throw new Error("too long to draw");
    buffer = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(await sound.blob.arrayBuffer());
  } catch { /* this browser cannot draw it; the program reads more than browsers do */ }
  if (source !== sound) return;
  sound.seconds = buffer?.duration;
  $("source-said").replaceChildren(
    sound.key === "bundled" ? el("em", {textContent: "Rain on tin"}) : sound.name,
    buffer ? `, ${buffer.duration.toFixed(1)} s.` : `, ${(sound.blob.size / 1e6).toFixed(1)} MB. Its length shows once it is read.`);
  sound.peaks = buffer && peaksOf(buffer, 1024);
  draw();
  if (buffer) {
    $("listen").disabled = false;
    await player.hear(ownVoice(sound.key, buffer));
  }
  estimate();
}

function draw() {
  const canvas = $("source-wave");
  if (canvas.clientWidth && source) wave(canvas, source.peaks ?? [], canvas.parentElement.clientWidth, 64, ink());
}

/** A file that was chosen or dropped: a sound or a recipe. */
export async function accept(file) {
  if (/\.json$/i.test(file.name)) {
    try {
      fill(JSON.parse(await file.text()));
      said("The recipe is filled in.");
    } catch {
      said(`${file.name} is no recipe: a JSON object of options was expected.`);
    }
    return;
  }
  await take({key: sources.newKey(), name: file.name, blob: file});
}

const said = text => { $("make-said").textContent = text; };

/** Options as the form has them. */
function recipe() {
  return {
    ...extra,
    prompt: $("prompt").value.trim(),
    strength: $("strength").value,
    steps: $("steps").value,
    guidance: $("guidance").value,
    negative: $("negative").value.trim(),
    seed: $("seed").value.trim(),
    reading: [...document.querySelectorAll("#readings input:checked")].map(box => box.value),
  };
}

let extra = {};

/** Fills the form; options that it has no field for stay as they are. */
function fill(options) {
  const {prompt, strength, steps, guidance, negative, seed, reading, name, ...rest} = options;
  extra = rest;
  $("prompt").value = prompt ?? usual.prompt;
  $("strength").value = strength ?? usual.strength;
  $("steps").value = steps ?? usual.steps;
  $("guidance").value = guidance ?? usual.guidance;
  $("negative").value = negative ?? usual.negative;
  $("seed").value = seed ?? "";
  const asked = [reading ?? usual.reading].flat();
  for (const box of document.querySelectorAll("#readings input")) {
    const own = asked.find(text => text.split(":")[0] === box.dataset.name);
    box.checked = own !== undefined;
    box.value = own ?? box.dataset.name;
  }
  strengthSaid();
  estimate();
}

function strengthSaid() {
  const s = Number($("strength").value);
  const word = s < 0.45 ? "mostly the sound" : s < 0.8 ? "both hands are heard" : "mostly the painting";
  $("strength-said").textContent = `${s.toFixed(2)}: ${word}`;
  for (const button of $("presets").children) button.setAttribute("aria-pressed", Math.abs(button.dataset.strength - s) < 0.001);
}

let estimating;

/** Says what it will cost, from what pictures have taken here. */
function estimate() {
  clearTimeout(estimating);
  estimating = setTimeout(async () => {
    const asked = recipe();
    if (!source || !asked.reading.length) {
      $("estimate").textContent = source ? "Choose at least one reading." : "";
      $("go").disabled = $("four").disabled = true;
      return;
    }
    $("go").disabled = $("four").disabled = false;
    if (!source.seconds) { $("estimate").textContent = "How long it takes shows once the sound is read."; return; }
    const query = new URLSearchParams({seconds: source.seconds, readings: asked.reading.length,
      model: asked.model ?? usual.model, steps: asked.steps, strength: asked.strength, guidance: asked.guidance});
    try {
      const e = await get(`/gallery/estimate?${query}`);
      const cost = {
        none: "How long one takes here shows with the first.",
        expected: `About ${span(e.seconds ?? 0)} in all, by the size of the model; the first picture will tell better.`,
        measured: `About ${span(e.seconds ?? 0)} in all, the first sound after ${span(e.first ?? 0)}, by what pictures have taken here.`,
      }[e.basis];
      const queue = e.ahead ? ` ${plural(e.ahead, "take")} ${e.ahead === 1 ? "is" : "are"} before it.` : "";
      $("estimate").textContent = `${plural(e.pictures, "picture")}, heard ${plural(asked.reading.length, "way")}. ${cost}${queue}`;
    } catch (e) {
      $("estimate").textContent = e.message;
    }
  }, 150);
}

const freshSeed = () => String(Math.floor(Math.random() * 2 ** 31));

/** Sends a sound so many times, each with a seed of its own; gives the takes' ids. */
export async function makeAgain(sound, asked, count, saying, keepSeed = false) {
  const takes = [];
  for (let i = 0; i < count; i++) {
    const seed = keepSeed && i === 0 && asked.seed ? asked.seed : freshSeed();
    saying(count > 1 ? `Sending ${i + 1} of ${count}.` : "Sending.");
    const answer = await send(sound.blob, sound.name, {...asked, seed}, saying);
    await sources.remember(answer.take, sound);
    takes.push(answer.take);
    noteWork({take: answer.take, title: sound.name, seed});
  }
  saying("");
  return takes;
}

async function go(count) {
  if (!source) return;
  $("go").disabled = $("four").disabled = true;
  try {
    player.stop();
    const takes = await makeAgain(source, recipe(), count, said, true);
    if (count === 1) location.hash = `#take/${takes[0]}`; else showWork();
  } catch (e) {
    said(e.message);
  } finally {
    $("go").disabled = $("four").disabled = false;
  }
}

const work = () => JSON.parse(localStorage.getItem(WORK) || "[]");

function noteWork(entry) {
  localStorage.setItem(WORK, JSON.stringify([entry, ...work().filter(w => w.take !== entry.take)].slice(0, 20)));
}

/** What this browser sent and is not done: it is here again after a reload. */
export async function showWork() {
  const rows = [];
  const kept = [];
  for (const entry of work()) {
    let word = "waits its turn";
    if (await isCollected(entry.take)) {
      const track = await get(takePath(entry.take));
      if (track.state !== "collecting") continue;
      word = `${plural(ranges(track.chunks.arts).size, "picture")} painted`;
    } else {
      const status = await onItsWay(entry.take);
      if (!status) continue;
      if (status.state === "refused") word = status.message;
    }
    kept.push(entry);
    rows.push(el("li", {}, el("a", {href: `#take/${entry.take}`, textContent: entry.title}), el("span", {className: "mono", textContent: ` seed ${entry.seed}, ${word}`})));
  }
  $("work-list").replaceChildren(...rows);
  $("work").hidden = rows.length === 0;
}

function voicesOf(all) {
  $("readings").replaceChildren(...all.map(reading => {
    const box = el("input", {type: "checkbox", value: reading.name});
    box.dataset.name = reading.name;
    return el("label", {}, box, el("span", {}, el("span", {className: "mono", textContent: reading.name}), el("span", {className: "small", textContent: reading.summary})));
  }));
}

function presets(offers) {
  const offered = offers.filter(offer => !offer.options.profile).map(offer => {
    const button = el("button", {type: "button", textContent: offer.name, title: offer.about});
    button.addEventListener("click", () => {
      fill({prompt: $("prompt").value, ...offer.options});
      said(`${offer.name}: ${offer.about}`);
    });
    return button;
  });
  $("offers").replaceChildren(...offered);
  $("offers").parentElement.hidden = offered.length === 0;
  $("presets").replaceChildren(...PRESETS.map(preset => {
    const strength = preset.strength ?? usual.strength;
    const button = el("button", {type: "button", textContent: preset.name, title: preset.help});
    button.dataset.strength = strength;
    button.addEventListener("click", () => {
      $("strength").value = strength;
      said(preset.help);
      strengthSaid();
      estimate();
    });
    return button;
  }));
}

/** Shows Make, with the options of a recipe link where there are any. */
export async function show(query) {
  if (query) {
    const options = {};
    for (const key of query.keys()) options[key] = key === "reading" ? query.getAll(key) : query.get(key);
    fill(options);
    history.replaceState(null, "", "#make");
  }
  if (!source) await take(await sources.bundled());
  draw();
  estimate();
  await showWork();
}

export const hide = () => player.playing && player.pause();

export async function start() {
  const [own, readings, offers] = await Promise.all([get("/recipe"), get("/gallery/readings"), get("/gallery/presets")]);
  usual = own;
  voicesOf(readings);
  presets(offers);
  fill({});
  $("bundled").addEventListener("click", async () => take(await sources.bundled()));
  $("choose").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", event => event.target.files[0] && accept(event.target.files[0]));
  $("listen").addEventListener("click", () => player.toggle());
  $("record").addEventListener("click", () => record($("record"), said, accept));
  $("strength").addEventListener("input", () => { strengthSaid(); estimate(); });
  $("recipe").addEventListener("change", estimate);
  $("recipe").addEventListener("submit", event => { event.preventDefault(); go(1); });
  $("four").addEventListener("click", () => go(4));
  $("recipe-link").addEventListener("click", () => copy(recipeLink(recipe()), $("make-said")));
  $("recipe-save").addEventListener("click", () => save("sonograph.recipe.json", JSON.stringify(recipe(), null, 2)));
  $("recipe-open").addEventListener("click", () => $("recipe-file").click());
  $("recipe-file").addEventListener("change", event => event.target.files[0] && accept(event.target.files[0]));
  addEventListener("resize", draw);
  for (const kind of ["dragover", "dragleave", "drop"]) {
    addEventListener(kind, event => {
      event.preventDefault();
      document.body.classList.toggle("dropping", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files[0]) {
        if (!location.hash.startsWith("#make")) location.hash = "#make";
        accept(event.dataTransfer.files[0]);
      }
    });
  }
}
