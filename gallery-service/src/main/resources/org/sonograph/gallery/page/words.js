// Sentences and figures, and elements that only ever hold them as text.

export const $ = id => document.getElementById(id);

/** An element; text goes in as text, whatever it says. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value; else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function time(seconds) {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const s = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${s < 10 ? "0" : ""}${s.toFixed(1)}`;
}

/** A length of time as one would say it. */
export function span(seconds) {
  const s = Math.max(1, Math.round(seconds));
  if (s < 90) return `${s} s`;
  const minutes = Math.round(s / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

export const list = words => words.length < 2 ? words.join("")
  : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** Numbers written as ranges: 0-4,6. */
export function ranges(text) {
  const set = new Set();
  for (const part of (text || "").split(",")) {
    const [from, to = from] = part.trim().split("-");
    if (from !== "") for (let n = Number(from); n <= Number(to); n++) set.add(n);
  }
  return set;
}

export function accent(colours) {
  const style = document.documentElement.style;
  for (const [name, value] of [["--accent-on-paper", colours?.paper], ["--accent-on-night", colours?.night]]) {
    if (value) style.setProperty(name, value); else style.removeProperty(name);
  }
}

export function save(name, text) {
  const link = el("a", {href: URL.createObjectURL(new Blob([text], {type: "application/json"})), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Puts a text on the clipboard, or shows it where the browser does not let a page do that. */
export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = "The link is on the clipboard.";
  } catch {
    said.textContent = text;
  }
}

export function recipeLink(recipe) {
  const query = new URLSearchParams();
  for (const [option, value] of Object.entries(recipe)) {
    for (const one of [value].flat()) if (one !== "" && one != null) query.append(option, one);
  }
  return `${location.origin}/#make?${query}`;
}
