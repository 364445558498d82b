"use strict";
// one time axis, one playhead; a click anywhere is heard from there
const score = document.getElementById("score");
const seconds = Number(score.dataset.seconds);
const now = document.getElementById("now");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const parts = [...document.querySelectorAll("[data-sound]")];
const sounds = parts.map(part => part.querySelector("audio"));
const names = parts.map(part => part.querySelector("h2").textContent);
let current = sounds[0];
let at = 0;

const place = time => {
  at = time;
  score.style.setProperty("--at", Math.min(1, at / seconds));
  now.textContent = names[sounds.indexOf(current)] + ", " + at.toFixed(1) + " of " + seconds.toFixed(1) + " s";
};
// with reduced motion the playhead steps from second to second
const follow = () => {
  if (current.paused) return;
  if (!calm.matches || Math.floor(current.currentTime) !== Math.floor(at)) place(current.currentTime);
  requestAnimationFrame(follow);
};
const move = time => {
  for (const sound of sounds) sound.currentTime = Math.min(time, sound.duration || 0);
  place(time);
};
const play = sound => {
  for (const other of sounds) if (other !== sound) other.pause();
  current = sound;
  if (at >= sound.duration - 0.05) move(0); else sound.currentTime = at;
  return sound.play();
};

parts.forEach((part, i) => {
  const sound = sounds[i];
  const button = document.createElement("button");
  button.className = "play";
  button.type = "button";
  const tell = () => {
    button.textContent = sound.paused ? "play" : "stop";
    button.setAttribute("aria-pressed", String(!sound.paused));
    button.setAttribute("aria-label", button.textContent + " " + names[i]);
  };
  tell();
  button.addEventListener("click", () => { if (sound.paused) play(sound); else sound.pause(); });
  sound.before(button);
  sound.controls = false;
  sound.addEventListener("play", () => { tell(); follow(); });
  sound.addEventListener("pause", () => { tell(); if (sound === current) place(sound.currentTime); });
});
for (const stave of document.querySelectorAll(".stave")) {
  stave.addEventListener("click", event => {
    const box = stave.getBoundingClientRect();
    const own = stave.closest(".part").querySelector("audio");
    move(seconds * (event.clientX - box.left) / box.width);
    play(own || current);
  });
}
document.addEventListener("keydown", event => {
  if (event.target !== document.body) return;
  const step = {ArrowLeft: -1, ArrowRight: 1}[event.code];
  if (event.code === "Space") { if (current.paused) play(current); else current.pause(); }
  else if (step) move(Math.min(seconds, Math.max(0, at + step)));
  else return;
  event.preventDefault();
});
place(0);
