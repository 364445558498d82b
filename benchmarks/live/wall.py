"""How far picture and sound of a wall are apart, as `wall` starts it: wall.py OUT SECONDS [OPTION...].

./sonograph live plays a tone that glides up and down, an octave a second. Chromium shows the wall of it; every 25 ms it is asked how high the tone is that leaves the loudspeaker, and how high the
brightest point of the picture is where the playhead stands. Both rise and fall alike; how much later the one does is the figure, for each ten seconds. Then every process of the chain is killed, and started
again five seconds later. Ends with 1 where they are more than 100 ms apart, or the browser's console has an error beside those of a server that is away.
"""
import os
import shutil
import sys
import time
import wave
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from chain import Live

RATE = 48_000
LOW_HZ = 300
OCTAVES = 2
PERIOD_S = 4  # up and down
AWAY_S = 5
MOST_MS = 100
REACH_MS = 1000
STRETCH_S = 10
STEP_MS = 5
ALIKE = 0.9
PATIENCE_MS = 180_000
SIZES = [(800, 480), (1280, 800), (1920, 1080), (3840, 2160)]
# the same as that of ITWall
EAR = Path(__file__).resolve().parents[2] / "launcher/src/test/resources/org/sonograph/launcher/page/ear.js"
METER = """
const tracks = new WeakMap();
/** Height of the brightest point of each column, 0 = top. */
function track(image) {
  if (!tracks.has(image)) {
    const {naturalWidth: width, naturalHeight: height} = image;
    const canvas = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true});
    canvas.drawImage(image, 0, 0);
    const {data} = canvas.getImageData(0, 0, width, height);
    const light = (x, y) => { const i = 4 * (y * width + x); return data[i] + data[i + 1] + data[i + 2]; };
    tracks.set(image, Array.from({length: width}, (_, x) => {
      let best = 1, most = -1;
      for (let y = 1; y < height - 1; y++) {
        const sum = light(x, y - 1) + 2 * light(x, y) + light(x, y + 1);
        if (sum > most) { most = sum; best = y; }
      }
      return best / height;
    }));
  }
  return tracks.get(image);
}
/** Pitch of what is played, octaves over 1 Hz, and how long ago the middle of what was looked at was, ms. */
function pitch() {
  if (!window.ear) return [null, 0];
  window.ear.getFloatTimeDomainData(samples);
  let first = -1, last = -1, turns = 0;
  for (let i = 1; i < samples.length; i++) {
    if (samples[i - 1] < 0 && samples[i] >= 0) {
      last = i - 1 + samples[i - 1] / (samples[i - 1] - samples[i]);
      if (first < 0) first = last; else turns++;
    }
  }
  return turns < 5 ? [null, 0] : [Math.log2(turns * window.ear.context.sampleRate / (last - first)), (samples.length - (first + last) / 2) * 1000 / window.ear.context.sampleRate];
}
function height() {
  const line = document.querySelector("#playhead");
  const image = leading();
  if (!line || line.hidden || !image) return null;
  const share = new DOMMatrix(line.style.transform).m41 / line.parentElement.clientWidth;
  const rows = track(image);
  return 1 - rows[Math.max(0, Math.min(rows.length - 1, Math.floor(share * rows.length)))];
}
setInterval(() => {
  const at = performance.now();
  const [octaves, agoMs] = pitch();
  window.seen.push([at, at - agoMs + 1000 * (window.ear?.context.outputLatency ?? 0), octaves, height()]);
}, 25);
"""


def glide(path):
    """A minute of a tone that rises and falls, and goes on where it begins."""
    times = np.arange(60 * RATE) / RATE
    octaves = OCTAVES * (1 - np.abs(2 * (times / PERIOD_S % 1) - 1))
    samples = 0.3 * np.sin(2 * np.pi * np.cumsum(LOW_HZ * 2**octaves) / RATE)
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes((samples * 32767).astype("<i2").tobytes())


def apart(seen):
    """(picture after sound in ms, how alike they are) of each stretch."""
    heard = np.array([[s[1], s[2]] for s in seen if s[2] is not None])
    shown = np.array([[s[0], s[3]] for s in seen if s[3] is not None])
    if len(heard) < 2 or len(shown) < 2:
        return []
    begin, end = max(heard[0, 0], shown[0, 0]) + REACH_MS, min(heard[-1, 0], shown[-1, 0]) - REACH_MS
    found = []
    for at in np.arange(begin, end - STRETCH_S * 1000, STRETCH_S * 1000):
        grid = np.arange(at, at + STRETCH_S * 1000, STEP_MS)
        sound = np.interp(grid, *heard.T)
        lags = np.arange(-REACH_MS, REACH_MS + 1, STEP_MS)
        alike = [np.corrcoef(sound, np.interp(grid + lag, *shown.T))[0, 1] for lag in lags]
        best = int(np.argmax(alike))
        found.append((int(lags[best]), float(alike[best])))
    return found


class Wall:
    """The page, and what it says in its console."""

    def __init__(self, page, url):
        self.page, self.errors = page, []
        page.on("console", lambda m: m.type == "error" and self.errors.append(m.text))
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.add_init_script(EAR.read_text() + METER)
        page.goto(url)

    def await_step(self):
        """Until a picture is in its place and sounds."""
        self.page.wait_for_function("() => { const [, , octaves, height] = window.seen.at(-1) ?? []; return octaves != null && height != null; }", timeout=PATIENCE_MS)

    def measure(self, when, seconds):
        """Whether all was in step."""
        self.page.evaluate("() => window.seen.splice(0)")
        self.page.wait_for_timeout(1000 * seconds)
        found = apart(self.page.evaluate("() => window.seen.splice(0)"))
        clear = [lag for lag, alike in found if alike >= ALIKE]
        print(f"{when}: picture after sound, ms: {', '.join(map(str, clear))} ({len(found) - len(clear)} of {len(found)} stretches not found)", flush=True)
        return bool(clear) and max(map(abs, clear)) <= MOST_MS and len(clear) >= 0.8 * len(found)


def main(out, seconds, options):
    out = Path(out)
    (out / "sounds").mkdir(parents=True, exist_ok=True)
    glide(out / "sounds/glide.wav")
    port = 20_000 + os.getpid() % 10_000
    # what is given takes the place of these
    begin = ["--name", "wall", "--model", "passthrough", "--reading", "inverse", "--seed", "1", "--port", str(port)]
    own = {o.split("=")[0] for o in options if o.startswith("--")}
    arguments = [a for pair in zip(begin[::2], begin[1::2]) if pair[0] not in own for a in pair] + options
    good = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", shutil.which("chromium")), args=["--autoplay-policy=no-user-gesture-required"])
        live = Live(out / "sounds", out / "data", out / "live.log", *arguments)
        try:
            live.await_live()
            wall = Wall(browser.new_page(viewport={"width": 640, "height": 400}), live.url().replace("/streams/", "/wall/"))
            wall.await_step()
            good.append(wall.measure("before", seconds))
            good.append(not wall.errors)
            print(f"console: {len(wall.errors)} errors {wall.errors[:3]}", flush=True)
            live.kill()
            time.sleep(AWAY_S)
            begun = time.monotonic()
            live = Live(out / "sounds", out / "data", out / "live.log", *arguments)
            wall.page.evaluate("() => window.seen.splice(0)")
            wall.await_step()
            print(f"again in its place {time.monotonic() - begun:.1f} s after the start", flush=True)
            good.append(wall.measure("after", seconds))
            others = [e for e in wall.errors if "net::ERR_" not in e]
            good.append(not others)
            print(f"console: {len(wall.errors)} errors, all but {len(others)} of a server that is away {others[:3]}", flush=True)
            for width, height in SIZES:
                wall.page.set_viewport_size({"width": width, "height": height})
                wall.page.wait_for_timeout(1500)
                wall.page.screenshot(path=out / f"wall-{width}x{height}.png")
        finally:
            live.stop()
            browser.close()
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
