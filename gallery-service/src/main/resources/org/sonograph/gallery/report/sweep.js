"use strict";
// one sound at a time; a click on a picture plays the first sound of its take
const sounds = [...document.querySelectorAll("audio")];
for (const sound of sounds) {
  sound.addEventListener("play", () => {
    for (const other of sounds) if (other !== sound) other.pause();
  });
}
for (const picture of document.querySelectorAll("td img")) {
  picture.addEventListener("click", () => {
    const sound = picture.closest("td").querySelector("audio");
    if (sound) {
      if (sound.paused) sound.play(); else sound.pause();
    }
  });
}
