"use strict";
// The archive: its folders, a search by words, one contact sheet after the other. Data are scripts
// that call sonograph(), since a page from a disk may not fetch; a search loads a few small ones.

const SHEET = 60;
const MOST_FOLDERS = 300;
const KEPT = 96;
const $ = id => document.getElementById(id);
const waiting = new Map();
const known = new Map();
let summary;
let turn = 0;

window.sonograph = (name, data) => waiting.get(name)?.(data);

/** What a script of data holds; the last few dozen are kept. */
function data(name) {
  if (!known.has(name)) {
    known.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, value => { waiting.delete(name); script.remove(); resolve(value); });
      script.onerror = () => { waiting.delete(name); known.delete(name); script.remove(); reject(new Error(`data/${name}.js is not there`)); };
      script.src = `data/${name}.js`;
      document.head.append(script);
    }));
    if (known.size > KEPT) known.delete(known.keys().next().value);
  }
  return known.get(name);
}

function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value; else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const counted = n => n.toLocaleString("en");
const plural = (n, word) => `${counted(n)} ${word}${n === 1 ? "" : "s"}`;

function span(seconds) {
  if (seconds < 90) return `${Math.max(1, seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${counted(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

const folder = async id => (await data(`folders/${Math.floor(id / summary.foldersAFile)}`))[id % summary.foldersAFile];
const take = async n => (await data(`takes/${Math.floor(n / summary.recordsAFile)}`))[n % summary.recordsAFile];

/** The words of what is typed, as the index has them. */
const wordsOf = text => (text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  .map(word => [...word].slice(0, summary.mostChars).join(""));

/** Marks the takes that have a word with this beginning. */
async function having(word) {
  const marks = new Uint8Array(summary.takes);
  const shards = summary.prefixes.flatMap((prefix, i) => prefix.startsWith(word) || word.startsWith(prefix) ? [i] : []);
  for (const shard of await Promise.all(shards.map(i => data(`words/${i}`)))) {
    for (const [known, postings] of Object.entries(shard)) if (known.startsWith(word)) mark(marks, postings);
  }
  return marks;
}

/** Gaps and runs in base 36, see Postings. */
function mark(marks, postings) {
  let at = 0;
  for (const part of postings.split(" ")) {
    const [gap, more = "0"] = part.split("+");
    const from = at + parseInt(gap, 36);
    at = from + parseInt(more, 36);
    marks.fill(1, from, at + 1);
  }
}

/** Numbers of the takes in a folder that have all words. */
async function search(words, from, until) {
  const all = await Promise.all(words.map(having));
  const found = [];
  for (let n = from; n < until; n++) if (all.every(marks => marks[n])) found.push(n);
  return found;
}

const state = () => {
  const asked = new URLSearchParams(location.hash.slice(1));
  const number = name => Math.max(0, Math.floor(Number(asked.get(name))) || 0);
  return {folder: number("folder"), page: number("page"), q: asked.get("q") ?? ""};
};
const link = at => "#" + new URLSearchParams(Object.entries(at).filter(([, value]) => value)).toString();

async function show() {
  const mine = ++turn;
  const at = state();
  if ($("q") !== document.activeElement) $("q").value = at.q;
  const here = await folder(at.folder) ?? await folder(0);
  const [name, , from, until] = here;
  const words = wordsOf(at.q);
  const found = words.length ? await search(words, from, until) : null;
  const total = found ? found.length : until - from;
  const page = Math.min(at.page, Math.max(0, Math.ceil(total / SHEET) - 1));
  const numbers = [];
  for (let i = page * SHEET; i < Math.min(total, (page + 1) * SHEET); i++) numbers.push(found ? found[i] : from + i);
  const takes = await Promise.all(numbers.map(take));
  const tree = await folders(at, here);
  if (mine !== turn) return;
  $("folders").replaceChildren(...tree);
  $("sheet").replaceChildren(...takes.map(cell));
  $("found").textContent = (words.length ? (total ? `${plural(total, "take")} found` : "Nothing fits") : plural(total, "take"))
    + (name ? ` in ${name}` : "") + (total > SHEET ? `, ${counted(page * SHEET + 1)} to ${counted(page * SHEET + takes.length)}.` : ".");
  pager({...at, page}, total);
}

/** The folders above the chosen one, each inside the one before, and those within it. */
async function folders(at, here) {
  if (!here[4].length && here[1] < 0) return [];
  const path = [];
  for (let id = at.folder, is = here; ; id = is[1], is = await folder(id)) {
    path.unshift([id, is[0] || "All", is[3] - is[2]]);
    if (is[1] < 0) break;
  }
  const line = ([id, name, count], current) => el("a", {href: link({...at, folder: id, page: 0}), ...(current ? {ariaCurrent: "true"} : {})},
    el("span", {textContent: name}), el("span", {className: "mono", textContent: counted(count)}));
  const within = el("ul", {}, ...here[4].slice(0, MOST_FOLDERS).map(child => el("li", {}, line(child, false))));
  if (here[4].length > MOST_FOLDERS) within.append(el("li", {textContent: `and ${counted(here[4].length - MOST_FOLDERS)} more; search for their names`}));
  return [path.reduceRight((inner, one, i) => {
    const item = el("li", {}, line(one, i === path.length - 1));
    if (inner.childElementCount) item.append(inner);
    return el("ul", {}, item);
  }, within)];
}

function cell([title, artist, caption, place, hasArt, sound]) {
  const shown = artist ? `${title}, ${artist}` : title;
  const picture = el("span", {className: "picture"});
  if (hasArt) picture.append(el("img", {src: `${place}art.jpg`, alt: "", loading: "lazy", decoding: "async"}));
  const under = el("div", {className: "under"}, el("span", {className: "mono", textContent: caption}));
  if (sound) under.append(listener(`${place}${sound}`, title));
  return el("li", {}, el("a", {href: `${place}index.html`}, picture, el("span", {className: "title", textContent: shown, title: shown})), under);
}

/** A button that plays the first reading; one sound at a time. */
function listener(url, title) {
  const player = $("player");
  const button = el("button", {type: "button"});
  button.dataset.url = url;
  button.dataset.title = title;
  tell(button);
  button.addEventListener("click", () => {
    if (player.dataset.url === url && !player.paused) { player.pause(); return; }
    player.dataset.url = url;
    player.src = url;
    player.play().catch(e => { if (e.name !== "AbortError") $("found").textContent = `${title} cannot be played: its file is not there.`; });
  });
  return button;
}

function tell(button) {
  const player = $("player");
  const plays = player.dataset.url === button.dataset.url && !player.paused;
  button.textContent = plays ? "stop" : "play";
  button.ariaPressed = String(plays);
  button.ariaLabel = `${button.textContent} ${button.dataset.title}`;
}

function pager(at, total) {
  const parts = [];
  if (at.page > 0) parts.push(el("a", {href: link({...at, page: at.page - 1}), textContent: "Before"}));
  if (total > SHEET) parts.push(el("span", {className: "mono", textContent: `sheet ${counted(at.page + 1)} of ${counted(Math.ceil(total / SHEET))}`}));
  if ((at.page + 1) * SHEET < total) parts.push(el("a", {href: link({...at, page: at.page + 1}), textContent: "After"}));
  $("pager").replaceChildren(...parts);
}

const shown = () => show().catch(e => { $("found").textContent = `The archive cannot be read: ${e.message}.`; });

(async () => {
  summary = await data("summary");
  $("extent").textContent = `${plural(summary.takes, "take")}, ${span(summary.seconds)} of sound.`;
  let typing;
  const typed = () => {
    clearTimeout(typing);
    history.replaceState(null, "", link({...state(), page: 0, q: $("q").value.trim()}) || "#");
    shown();
  };
  $("find").addEventListener("submit", event => { event.preventDefault(); typed(); });
  $("q").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(typed, 150); });
  for (const kind of ["play", "pause", "ended"]) {
    $("player").addEventListener(kind, () => document.querySelectorAll("#sheet button").forEach(tell));
  }
  addEventListener("hashchange", () => { shown(); scrollTo(0, 0); });
  addEventListener("keydown", event => {
    if (event.key === "/" && event.target === document.body) { $("q").focus(); event.preventDefault(); }
  });
  await shown();
})().catch(e => { $("found").textContent = `The archive cannot be read: ${e.message}.`; });
