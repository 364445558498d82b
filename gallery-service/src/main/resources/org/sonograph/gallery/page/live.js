// Live: each stream that plays, and what of it can be changed while it does. A take's options go to where its sound
// comes in, and are in force from the next chunk on; levels go to where it is heard.

import {get, patch, Refused} from "./api.js";
import {$, el, span} from "./words.js";

const ASK_MS = 2000;

let asking;
let known = [];
let strips = new Map();

const outputPath = name => `/streams/${encodeURIComponent(name)}/output`;
const sourcePath = name => `/streams/${encodeURIComponent(name)}`;

/** What is heard, as one would say it. */
function heard(stream) {
  if (stream.panic) return "Silence, because somebody wants it.";
  const since = `nothing new has come for ${span(stream.sinceLiveSeconds)}`;
  const behind = stream.behindSeconds ? `, ${span(stream.behindSeconds)} after it came in` : "";
  return {
    "live": `The painted sound is heard${behind}.`,
    "stand-in": `The sound is heard unpainted${behind}: its picture is late.`,
    "repeat": `What was heard last is heard again: ${since}.`,
    "memory": `Sound of the last hour is heard: ${since}.`,
    "silence": "Nothing has come yet.",
  }[stream.state];
}

function level(id, label, value, most, changed) {
  const input = el("input", {type: "range", id, min: 0, max: most, step: 0.01, value});
  const said = el("output", {htmlFor: id, textContent: Number(value).toFixed(2)});
  input.addEventListener("input", () => {
    said.textContent = Number(input.value).toFixed(2);
    changed(Number(input.value));
  });
  return {input, row: el("p", {}, el("label", {htmlFor: id, textContent: label}), input, said)};
}

/** One stream's part of the page. */
class Strip {
  constructor(stream, readings) {
    this.name = stream.name;
    this.state = el("p", {ariaLive: "polite"});
    this.note = el("p", {className: "said", role: "status"});
    this.panic = el("button", {type: "button"});
    this.panic.addEventListener("click", () => this.output({panic: this.panic.getAttribute("aria-pressed") !== "true"}));
    this.volume = level(`${this.name}-volume`, "Volume", stream.volume, 1, volume => this.output({volume}));
    this.mix = el("div");
    this.form = el("form", {hidden: true});
    this.box = el("section", {className: "stream"}, el("h2", {textContent: this.name}), this.state,
      el("div", {className: "row"}, this.panic,
        el("a", {className: "button", href: `/streams/${this.name}/live.mp3`, textContent: "Listen"}),
        el("a", {className: "button", href: `/wall/${this.name}`, textContent: "The wall"})),
      this.volume.row, this.mix, this.form, this.note);
    this.fill(readings);
  }

  /** What can be changed of its takes, where its sound comes in here. */
  async fill(readings) {
    let source;
    try {
      source = await get(sourcePath(this.name));
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      return;
    }
    const {prompt, strength, guidance, reading, seed} = source.recipe;
    const id = what => `${this.name}-${what}`;
    const words = el("textarea", {id: id("prompt"), rows: 2, maxLength: 2000, value: prompt ?? ""});
    const far = level(id("strength"), "Strength", strength, 0.95, () => {});
    far.input.min = 0.1;
    const guided = el("input", {id: id("guidance"), type: "number", min: 0, max: 100, step: "any", value: guidance});
    const grain = el("input", {id: id("seed"), inputMode: "numeric", pattern: "[0-9]{0,19}", maxLength: 19, value: Number.isSafeInteger(seed) ? seed : ""});
    const chosen = [reading].flat().map(text => text.split(":")[0]);
    const boxes = readings.map(r => el("input", {type: "checkbox", value: [reading].flat().find(text => text.split(":")[0] === r.name) ?? r.name, checked: chosen.includes(r.name)}));
    this.form.append(
      el("p", {}, el("label", {htmlFor: id("prompt"), textContent: "What it should become"}), words),
      far.row,
      el("p", {}, el("label", {htmlFor: id("guidance"), textContent: "Guidance"}), guided),
      el("p", {}, el("label", {htmlFor: id("seed"), textContent: "Seed"}), grain),
      el("fieldset", {}, el("legend", {textContent: "How the paintings are read"}), ...boxes.map((box, i) => el("label", {}, box, readings[i].name))),
      el("div", {className: "row"}, el("button", {className: "first", textContent: "Change it"})));
    this.form.hidden = false;
    let before = boxes.filter(box => box.checked).map(box => box.value);
    let grainBefore = grain.value;
    this.form.addEventListener("submit", async event => {
      event.preventDefault();
      const wanted = boxes.filter(box => box.checked).map(box => box.value);
      if (!wanted.length) { this.note.textContent = "Choose at least one reading."; return; }
      const change = {prompt: words.value.trim(), strength: Number(far.input.value), guidance: Number(guided.value)};
      if (wanted.join() !== before.join()) change.reading = wanted;
      const grained = grain.value;
      if (grained !== grainBefore && grained) change.seed = grained;
      const changed = await this.change(sourcePath(this.name), change, `From the next chunk on; heard ${span(source.delaySeconds + 6)} from now at the latest.`);
      if (!changed) return; // refused: the next press asks for the same
      before = wanted;
      grainBefore = grained;
    });
  }

  async output(change) {
    const stream = await this.change(outputPath(this.name), change, "");
    if (stream) this.show(stream);
  }

  async change(path, change, said) {
    try {
      const answer = await patch(path, change);
      this.note.textContent = said;
      return answer;
    } catch (e) {
      this.note.textContent = e instanceof Refused ? e.message : "The server does not answer.";
    }
  }

  show(stream) {
    this.state.textContent = heard(stream);
    this.panic.textContent = stream.panic ? "Sound again" : "Silence";
    this.panic.setAttribute("aria-pressed", stream.panic);
    if (document.activeElement !== this.volume.input) {
      this.volume.input.value = stream.volume;
      this.volume.row.lastChild.textContent = stream.volume.toFixed(2);
    }
    const readings = stream.readings.length > 1 ? stream.readings : [];
    if (readings.join() !== this.mixed) {
      this.mixed = readings.join();
      this.mix.replaceChildren(...readings.map(reading =>
        level(`${this.name}-mix-${reading}`, reading, stream.mix[reading] ?? 1, 2, gain => this.output({mix: {[reading]: gain}})).row));
    }
  }
}

async function ask() {
  try {
    const streams = await get("/streams");
    $("live-said").textContent = streams.length ? "" : "No stream plays here. Begin one with ./sonograph live SOURCE.";
    for (const stream of streams) {
      if (!strips.has(stream.name)) strips.set(stream.name, new Strip(stream, known));
      strips.get(stream.name).show(stream);
    }
    for (const name of strips.keys()) if (!streams.some(s => s.name === name)) strips.delete(name);
    const boxes = [...strips.values()].map(strip => strip.box);
    if (boxes.some((box, i) => $("streams").children[i] !== box) || boxes.length !== $("streams").children.length) $("streams").replaceChildren(...boxes);
  } catch (e) {
    $("live-said").textContent = e instanceof Refused ? e.message : "The server does not answer; asked again in a moment.";
  }
}

/** Shows what plays, and keeps it so. */
export async function show() {
  if (!known.length) known = await get("/gallery/readings");
  hide();
  asking = setInterval(ask, ASK_MS);
  await ask();
}

export function hide() {
  clearInterval(asking);
}
