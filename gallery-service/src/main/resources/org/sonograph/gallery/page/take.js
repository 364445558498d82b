// One take: seen, heard, compared, made again, taken home, deleted.

import {change, get, isCollected, news, onItsWay, takePath, Refused} from "./api.js";
import {$, accent, copy, el, list, plural, ranges, recipeLink, save, time} from "./words.js";
import {Player} from "./player.js";
import {Score} from "./score.js";
import {ownVoice, voice} from "./voice.js";
import * as sources from "./sources.js";
import {makeAgain} from "./make.js";

const player = new Player(moved);
const score = new Score(to => player.seek(to).then(() => player.playing || player.play(to)));
let open;

/** Shows a take; what was open before is closed. */
export async function show(take) {
  close();
  const mine = {take, voices: [], seen: {drawn: new Set(), painted: new Set()}, previews: 0, dirty: new Set()};
  open = mine;
  $("take-title").textContent = "";
  $("take-said").textContent = "";
  $("take-note").textContent = "";
  $("wall-label").textContent = "";
  $("kin").hidden = true;
  $("voices").hidden = true;
  moved(0, false);
  mine.events = news(take, (kind, event) => open === mine && told(mine, kind, event), () => refresh(mine));
}

export function close() {
  if (!open) return;
  open.events?.close();
  clearTimeout(open.timer);
  player.stop();
  score.clear();
  accent();
  open = undefined;
}

function told(mine, kind, event) {
  if (kind === "drawn") mine.seen.drawn.add(event.chunk);
  if (kind === "painted") mine.seen.painted.add(event.chunk);
  if (kind === "preview") score.preview(event.chunk, ++mine.previews);
  if (kind === "deleted") { location.hash = "#archive"; return; }
  if (kind === "heard") {
    mine.dirty.add(event.reading);
    const known = mine.voices.find(v => v.reading === event.reading && v.take === mine.take);
    if (known) known.heard = Math.max(known.heard ?? 0, event.until);
  }
  if (mine.track) score.picture(mine.seen);
  clearTimeout(mine.timer);
  mine.timer = setTimeout(() => refresh(mine), 200);
}

async function refresh(mine) {
  let track;
  try {
    const isHere = mine.track || await isCollected(mine.take);
    if (!isHere) {
      if (open === mine) await waiting(mine);
      return;
    }
    track = await get(takePath(mine.take));
  } catch (e) {
    if (open === mine) {
      $("take-said").textContent = e instanceof Refused ? e.message : "The server is away; the page waits for it.";
      mine.timer = setTimeout(() => open === mine && refresh(mine), 2000);
    }
    return;
  }
  if (open !== mine) return;
  const isFirst = !mine.track;
  mine.track = track;
  $("take-title").textContent = track.page.title;
  document.title = `${track.page.title} · Sonograph`;
  accent(track.page.accent);
  const readings = Object.keys(track.readings);
  score.show(track, readings);
  score.picture(mine.seen);
  score.failures(track.failures);
  voices(mine, readings);
  say(track);
  if (isFirst) {
    readings.forEach(name => mine.dirty.add(name));
    kin(mine);
    source(mine);
  }
  const drawn = [...mine.dirty];
  mine.dirty.clear();
  for (const name of drawn) {
    const known = mine.voices.find(v => v.take === mine.take && v.reading === name);
    if (known?.until() > 0 && open === mine) await score.loudness(known);
  }
}

/** Nothing has been collected of it yet: whoever takes sound in knows it, or nobody does. */
async function waiting(mine) {
  const status = await onItsWay(mine.take);
  if (status) $("take-title").textContent = status.source;
  $("take-said").textContent = !status ? "No such take in this gallery; it may have been deleted."
    : status.state === "refused" ? status.message
    : `It waits its turn: ${status.chunksSent} of ${status.chunks || "?"} parts are under way.`;
  mine.timer = setTimeout(() => open === mine && refresh(mine), 2000);
}

function say(track) {
  const d = track.interpretation.diffusion;
  const painted = ranges(track.chunks.arts).size;
  const total = track.chunks.total;
  const live = track.state === "collecting";
  const until = Math.min(...Object.values(track.readings).map(r => r.sampleRateHz ? r.samples / r.sampleRateHz : 0));
  const said = live
    ? [`${painted} of ${total || "?"} ${total === 1 ? "picture is" : "pictures are"} painted; ${until > 0 && Number.isFinite(until) ? `it can be heard until ${time(until)}.` : "nothing can be heard yet."}`]
    : [`${painter(d.model)} from ${track.page.seconds.toFixed(1)} s of `, el("em", {textContent: track.page.title}), `, strength ${d.strength}. `,
       track.failures.length ? `${plural(track.failures.length, "part")} of it failed and ${track.failures.length === 1 ? "is" : "are"} marked silence. ` : "",
       track.notes.join(" ")];
  $("take-said").replaceChildren(...said);
  label(track);
  $("download").href = `${takePath(track.take)}/take.zip`;
  $("download").hidden = live;
  $("delete").disabled = live;
  $("star").setAttribute("aria-pressed", track.page.starred);
  $("star").textContent = track.page.starred ? "Starred" : "Star";
}

function painter(model) {
  const name = model.split("/").at(-1);
  return name.startsWith("passthrough") ? "Passed on unpainted" : `Painted by ${name}`;
}

/** The wall label, as museums write it. */
function label(track) {
  const s = track.source;
  const d = track.interpretation.diffusion;
  const made = track.generation.modelId || d.model;
  const readings = Object.keys(track.readings);
  const lines = [
    el("em", {textContent: track.page.title}), s.artist ? `, ${s.artist}` : "", `, ${track.page.made.slice(0, 4)}\n`,
    `audio, spectrogram, ${made.split("/").at(-1)}, read by ${list(readings)}\n`,
    d.prompt ? `“${d.prompt}”\n` : "",
    `seed ${track.page.recipe.seed ?? ""}, strength ${d.strength}, ${plural(d.steps, "step")}, guidance ${d.guidance}\n`,
    `${s.archiveId ? `In its archive: ${s.archiveId}. ` : ""}${s.licence ? `Licence of the sound: ${s.licence}. ` : "No licence of the sound is known. "}${s.permission ? `Derived by permission: ${s.permission}. ` : ""}${s.artist ? `Credit: ${s.artist}. ` : ""}Picture and readings made by a machine.`,
  ];
  $("wall-label").replaceChildren(...lines);
}

function voices(mine, readings) {
  const live = mine.track.state === "collecting";
  for (const name of readings) {
    const state = mine.track.readings[name];
    const known = mine.voices.find(v => v.take === mine.take && v.reading === name);
    if (known) Object.assign(known, {state, live, heard: live ? known.heard : state.samples / (state.sampleRateHz || 1)});
    else add(mine, voice(mine.take, name, state, live), name);
  }
  const first = mine.voices.find(v => v.take === mine.take && v.until() > 0);
  if (!mine.current && first) choose(mine, first);
  $("play").disabled = !mine.current;
}

function add(mine, made, title) {
  const radio = el("input", {type: "radio", name: "voice", id: `voice-${mine.voices.length}`});
  const number = mine.voices.length < 9 ? `${mine.voices.length + 1} ` : "";
  const box = el("label", {}, radio, number + title);
  radio.addEventListener("change", () => choose(mine, made));
  Object.assign(made, {radio, title, box, stave: made.take === mine.take || !made.take ? made.reading ?? made.key : made.key});
  mine.voices.push(made);
  $("voices").append(box);
  $("voices").hidden = false;
  $("ab").disabled = mine.voices.length < 2;
}

async function choose(mine, made) {
  if (mine.current !== made) mine.before = mine.current;
  mine.current = made;
  made.radio.checked = true;
  $("play").disabled = false;
  score.heard(made.stave);
  await player.hear(made);
}

function moved(at, playing) {
  $("clock").textContent = time(at);
  $("play").textContent = playing ? "Pause" : "Play";
  score.move(at);
  if (playing && !moved.running) {
    moved.running = true;
    requestAnimationFrame(function step() {
      if (!player.playing) { moved.running = false; return; }
      const now = player.now();
      score.move(now);
      $("clock").textContent = time(now);
      requestAnimationFrame(step);
    });
  }
}

/** The sound itself, where this browser has it: one more stave and voice. */
async function source(mine) {
  const sound = await sources.of(mine.take, mine.track.source.name);
  if (open !== mine || !sound) return;
  mine.source = sound;
  try {
    const context = new OfflineAudioContext(1, 1, 48000);
    const buffer = await context.decodeAudioData(await sound.blob.arrayBuffer());
    if (open !== mine) return;
    add(mine, ownVoice("source", buffer), "the sound");
    score.source(buffer);
  } catch { /* a format that this browser does not read; the stave is left out */ }
}

/** What else was made of the same sound. */
function kin(mine) {
  const all = mine.track.page.sameSource;
  $("kin").hidden = all.length === 0;
  $("kin-grid").replaceChildren(...all.map(other => {
    const link = el("a", {href: `#take/${other.take}`}, el("img", {src: `${takePath(other.take)}/thumbnail`, alt: `The art of ${other.title}, seed ${other.seed}`, loading: "lazy"}));
    const beside = el("button", {type: "button", textContent: "Hear beside this"});
    beside.addEventListener("click", async () => {
      beside.disabled = true;
      const track = await get(takePath(other.take));
      for (const [name, state] of Object.entries(track.readings)) {
        if (open !== mine) return;
        const made = voice(other.take, name, state, track.state === "collecting");
        add(mine, made, `${name}, seed ${other.seed}`);
        score.stave(made.stave, made.title, "", true);
        await score.loudness(made);
      }
    });
    return el("figure", {}, link, el("figcaption", {textContent: `seed ${other.seed} · strength ${other.strength} · ${other.prompt.slice(0, 60)}`}), beside);
  }));
}

async function again(count) {
  const mine = open;
  const note = $("take-note");
  if (!mine?.track) return;
  if (!mine.source) {
    $("make-said").textContent = "The sound itself is not kept in this browser: choose or drop it to make another of it. The recipe is filled in.";
    location.hash = recipeLink({...mine.track.page.recipe, seed: ""}).split("#")[1];
    return;
  }
  try {
    const takes = await makeAgain(mine.source, mine.track.page.recipe, count, word => { note.textContent = word; });
    location.hash = count === 1 ? `#take/${takes[0]}` : "#make";
  } catch (e) {
    note.textContent = e.message;
  }
}

export function start() {
  $("play").addEventListener("click", () => player.toggle());
  $("ab").addEventListener("click", ab);
  $("again").addEventListener("click", () => again(1));
  $("more").addEventListener("click", () => again(4));
  $("take-link").addEventListener("click", () => open?.track && copy(recipeLink(open.track.page.recipe), $("take-note")));
  $("take-save").addEventListener("click", () => open?.track && save(`${open.track.page.folder}.recipe.json`, JSON.stringify(open.track.page.recipe, null, 2)));
  $("star").addEventListener("click", async () => {
    const mine = open;
    if (!mine?.track) return;
    await change(mine.track.page.starred ? "DELETE" : "PUT", `${takePath(mine.take)}/star`);
    await refresh(mine);
  });
  $("delete").addEventListener("click", () => {
    $("sure-said").textContent = `Delete “${open.track.page.title}” with all its files? This cannot be undone.`;
    $("sure").showModal();
  });
  $("sure-no").addEventListener("click", () => $("sure").close());
  $("sure-yes").addEventListener("click", async () => {
    $("sure").close();
    try {
      await change("DELETE", takePath(open.take));
      location.hash = "#archive";
    } catch (e) {
      $("take-note").textContent = e.message;
    }
  });
  document.addEventListener("keydown", keys);
}

function ab() {
  if (!open?.current) return;
  choose(open, open.before ?? open.voices.find(v => v !== open.current) ?? open.current);
}

function keys(event) {
  if (!open?.current || event.ctrlKey || event.metaKey || event.altKey || $("sure").open) return;
  const typing = event.target.closest("input:not([type=radio]), textarea, select, button, a, summary");
  if (typing) return;
  const step = event.shiftKey ? 5 : 1;
  if (event.key === " ") player.toggle();
  else if (event.key === "ArrowLeft" && event.target.type !== "radio") player.seek(player.now() - step);
  else if (event.key === "ArrowRight" && event.target.type !== "radio") player.seek(player.now() + step);
  else if (event.key === "Home") player.seek(0);
  else if (event.key.toLowerCase() === "a") ab();
  else if (/^[1-9]$/.test(event.key) && open.voices[event.key - 1]) choose(open, open.voices[event.key - 1]);
  else return;
  event.preventDefault();
}
