// Archive: everything made. Only the rows in sight exist, however many takes there are.

import {get, news, takePath} from "./api.js";
import {$, el, plural, span} from "./words.js";
import {zoom} from "./drawing.js";

const PAGE = 100;
const MARGIN = 4;
const COLOURS = ["red", "orange", "yellow", "green", "teal", "blue", "violet", "pink", "grey"];

let query = "";
let total = 0;
let generation = 0;
let pages = new Map();
const rows = new Map();
let events;
let laidOut = 0;

const dark = matchMedia("(prefers-color-scheme: dark)");
const rowHeight = () => matchMedia("(max-width: 720px)").matches ? 176 : 112;

async function page(number) {
  if (pages.has(number)) return;
  pages.set(number, undefined);
  const mine = generation;
  let answer;
  try {
    answer = await get(`/gallery/takes?${query}&offset=${number * PAGE}&limit=${PAGE}`);
  } catch (e) {
    $("archive-said").textContent = `The archive cannot be read now: ${e.message}. Scroll or search to try again.`;
    if (mine === generation) pages.delete(number);
    return;
  }
  if (mine !== generation) return;
  pages.set(number, answer.takes);
  total = answer.total;
  if (pages.size > 20) {
    const far = [...pages.keys()].sort((a, b) => Math.abs(b - number) - Math.abs(a - number))[0];
    pages.delete(far);
  }
  say(answer.reading);
  draw();
  if (answer.reading) renewSoon();
}

const isFiltered = () => $("q").value.trim() || $("colour").value || $("starred").checked;

function say(reading) {
  $("archive-said").textContent = reading ? `${plural(total, "take")} so far; the gallery is still being read.`
    : total ? `${plural(total, "take")}.` : isFiltered() ? "Nothing fits." : "Nothing has been made yet.";
}

/** Puts the rows in sight where they belong. */
function draw() {
  if ($("archive").hidden) return;
  const shelf = $("shelf");
  const height = rowHeight();
  if (height !== laidOut) {
    rows.forEach(row => row.remove());
    rows.clear();
    laidOut = height;
  }
  shelf.style.height = `${total * height}px`;
  const top = shelf.getBoundingClientRect().top / zoom();
  const first = Math.max(0, Math.floor(-top / height) - MARGIN);
  const last = Math.min(total - 1, Math.ceil((innerHeight / zoom() - top) / height) + MARGIN);
  for (const [index, row] of rows) {
    if (index < first || index > last) { row.remove(); rows.delete(index); }
  }
  for (let index = first; index <= last; index++) {
    const number = Math.floor(index / PAGE);
    const known = pages.get(number)?.[index % PAGE];
    if (!pages.has(number)) page(number);
    if (known && !rows.has(index)) {
      const row = made(known, index);
      row.style.top = `${index * height}px`;
      rows.set(index, row);
      const next = [...rows.keys()].filter(i => i > index).sort((a, b) => a - b)[0];
      shelf.insertBefore(row, rows.get(next) ?? null);
    }
  }
}

function made(take, index) {
  const facts = [take.seconds ? span(take.seconds) : "", take.model.split("/").at(-1), `strength ${take.strength}`, `seed ${take.seed}`, take.readings.join(", ")].filter(Boolean);
  const states = [take.state === "collecting" ? "being made" : "", take.failures ? `${plural(take.failures, "part")} failed` : "", take.starred ? "starred" : ""].filter(Boolean);
  const link = el("a", {className: "shelf-row", href: `#take/${take.take}`},
    el("img", {src: `${takePath(take.take)}/thumbnail`, alt: "", loading: "lazy", decoding: "async", width: 320, height: 80}),
    el("div", {},
      el("p", {className: "title", textContent: take.title + (take.artist ? `, ${take.artist}` : "")}),
      el("p", {className: "small", textContent: take.prompt}),
      el("p", {className: "mono small", textContent: [...facts, ...states].join(" · ")})));
  link.style.setProperty("--row-accent", dark.matches ? take.accent.night : take.accent.paper);
  const row = el("div", {role: "listitem"}, link);
  row.ariaSetSize = total;
  row.ariaPosInSet = index + 1;
  row.style.position = "absolute";
  row.style.left = row.style.right = "0";
  return row;
}

function renew() {
  generation++;
  query = new URLSearchParams({q: $("q").value.trim(), colour: $("colour").value, starred: $("starred").checked}).toString();
  pages = new Map();
  rows.forEach(row => row.remove());
  rows.clear();
  return page(Math.max(0, Math.floor(-$("shelf").getBoundingClientRect().top / zoom() / rowHeight() / PAGE)));
}

let later;

export async function show() {
  events = news("", kind => {
    if (kind === "changed" || kind === "deleted") renewSoon();
  }, () => {});
  await renew();
}

function renewSoon() {
  clearTimeout(later);
  later = setTimeout(() => events && renew(), 1500);
}

export function hide() {
  events?.close();
  events = undefined;
  clearTimeout(later);
}

export function start() {
  $("colour").append(...COLOURS.map(name => el("option", {value: name, textContent: name})));
  let typing;
  $("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(renew, 200); });
  $("search").addEventListener("submit", event => { event.preventDefault(); renew(); });
  addEventListener("scroll", draw, {passive: true});
  addEventListener("resize", draw);
}
