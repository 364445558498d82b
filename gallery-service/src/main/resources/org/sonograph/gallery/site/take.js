"use strict";
// The art as the lines of a score, one playhead; a click anywhere is heard from there.
const art = document.getElementById("art");
const now = document.getElementById("now");
const seconds = Number(art.dataset.seconds);
const ratio = Number(art.dataset.ratio);
const sheets = [...art.querySelectorAll("img")];
const sounds = [...document.querySelectorAll("[data-sound] audio")];
const names = sounds.map(sound => sound.closest("section").querySelector("h2").textContent);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let current = sounds[0];
let at = 0;
let lines = 1;

/** Lines of equal length, about as high as a hand. */
function layOut() {
  if (!sheets.length || !ratio) { art.hidden = true; return; }
  const width = art.clientWidth;
  const high = width < 600 ? 112 : 176;
  lines = Math.max(1, Math.round(ratio * high / width));
  art.className = "rows";
  art.replaceChildren();
  for (let i = 0; i < lines; i++) {
    const shift = document.createElement("div");
    shift.className = "shift";
    shift.style.marginLeft = `${-100 * i}%`;
    shift.append(...sheets.map(sheet => { const one = sheet.cloneNode(); if (i) one.alt = ""; return one; }));
    const row = document.createElement("div");
    row.className = "row";
    row.style.height = `${Math.min(512, width * lines / ratio)}px`;
    if (lines === 1) row.style.width = `${Math.min(width, 512 * ratio)}px`;
    row.append(shift);
    row.addEventListener("click", event => {
      const box = row.getBoundingClientRect();
      move(seconds * (i + (event.clientX - box.left) / box.width) / lines);
      play(current);
    });
    art.append(row);
  }
  place(at);
}

function place(time) {
  at = Math.max(0, Math.min(seconds, time));
  const share = Math.min(0.9999, at / seconds) * lines;
  const row = art.children[Math.floor(share)];
  if (row && art.className === "rows") {
    const head = art.querySelector(".head") ?? document.createElement("div");
    head.className = "head";
    head.style.left = `${100 * (share % 1)}%`;
    row.append(head);
  }
  now.textContent = current ? `${names[sounds.indexOf(current)]}, ${at.toFixed(1)} of ${seconds.toFixed(1)} s` : "";
}

function follow() {
  if (!current || current.paused) return;
  if (!calm.matches || Math.floor(current.currentTime) !== Math.floor(at)) place(current.currentTime);
  requestAnimationFrame(follow);
}

/** A sound that was not loaded yet takes its place once its length is known. */
function seek(sound, time) {
  const go = () => { sound.currentTime = Math.min(time, sound.duration || time); };
  if (sound.readyState) go(); else sound.addEventListener("loadedmetadata", go, {once: true});
}

function move(time) {
  place(time);
  if (current && !current.paused) seek(current, at);
}

function play(sound) {
  if (!sound) return;
  if (at >= seconds - 0.05) place(0);
  seek(sound, at);
  sound.play().catch(e => { if (e.name !== "AbortError") now.textContent = `${names[sounds.indexOf(sound)]} cannot be played: its file is not there.`; });
}

for (const sound of sounds) {
  sound.addEventListener("play", () => {
    for (const other of sounds) if (other !== sound) other.pause();
    if (current !== sound) { current = sound; seek(sound, at); }
    follow();
  });
  sound.addEventListener("seeked", () => { if (sound === current) place(sound.currentTime); });
  sound.addEventListener("pause", () => { if (sound === current) place(sound.currentTime); });
}
document.addEventListener("keydown", event => {
  if (event.target !== document.body && event.target !== art) return;
  const step = {ArrowLeft: -1, ArrowRight: 1}[event.code];
  if (event.code === "Space") { if (current?.paused) play(current); else current?.pause(); }
  else if (step) move(at + step);
  else return;
  event.preventDefault();
});
new ResizeObserver(() => { if (art.clientWidth !== art.laidOut) { art.laidOut = art.clientWidth; layOut(); } }).observe(art);
layOut();
