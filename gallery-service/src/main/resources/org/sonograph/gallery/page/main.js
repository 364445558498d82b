// Which room is shown: #make, #make?recipe, #take/ID, #archive, #live.

import {$} from "./words.js";
import * as make from "./make.js";
import * as take from "./take.js";
import * as archive from "./archive.js";
import * as live from "./live.js";

async function route() {
  const [room, id] = location.hash.slice(1).split(/[/?](.*)/s);
  const name = room === "take" && id ? "take" : ["archive", "live"].includes(room) ? room : "make";
  make.hide();
  archive.hide();
  live.hide();
  if (name !== "take") take.close();
  for (const section of ["make", "take", "archive", "live"]) $(section).hidden = section !== name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  document.title = `${{archive: "Archive", live: "Live"}[name] ?? "Make"} · Sonograph`;
  if (name === "take") await take.show(decodeURIComponent(id));
  else if (name === "archive") await archive.show();
  else if (name === "live") await live.show();
  else await make.show(id ? new URLSearchParams(id) : undefined);
}

async function start() {
  take.start();
  archive.start();
  await make.start();
  addEventListener("hashchange", route);
  await route();
}

start().catch(error => {
  $("make").hidden = false;
  $("make-said").textContent = `The page could not begin: ${error.message}. Reload it once the server answers.`;
});
