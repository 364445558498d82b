"use strict";
// one time axis, one playhead; a click anywhere is heard from there
const score = document.getElementById("score");
const seconds = Number(score.dataset.seconds);
const playhead = document.getElementById("playhead");
const sounds = [...document.querySelectorAll("audio")];
let current = sounds[0];
const place = () => { playhead.style.left = (100 * current.currentTime / seconds) + "%"; };
const follow = () => { place(); if (!current.paused) requestAnimationFrame(follow); };
for (const sound of sounds) {
  sound.addEventListener("play", () => {
    for (const other of sounds) if (other !== sound) other.pause();
    current = sound;
    follow();
  });
  sound.addEventListener("seeked", () => { if (sound === current) place(); });
}
for (const stave of document.querySelectorAll(".stave")) {
  stave.addEventListener("click", event => {
    const box = stave.getBoundingClientRect();
    const own = stave.closest("section").querySelector("audio");
    const sound = own || current;
    sound.currentTime = Math.min(seconds * (event.clientX - box.left) / box.width, sound.duration || 0);
    sound.play();
  });
}
document.addEventListener("keydown", event => {
  if (event.code === "Space" && event.target === document.body) {
    event.preventDefault();
    if (current.paused) current.play(); else current.pause();
  }
});
