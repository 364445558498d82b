// Waveforms: loudness over time, mirrored, in ink; and how large a pixel of the page is.

/** Pixels of the window for one of the style's: more than one where the style enlarges the whole page. */
export const zoom = () => document.documentElement.currentCSSZoom ?? 1;

export function wave(canvas, peaks, width, height, colour) {
  const scale = Math.min(2, (devicePixelRatio || 1) * zoom());
  canvas.width = Math.min(16384, Math.max(1, Math.round(width * scale)));
  canvas.height = Math.round(height * scale);
  canvas.style.width = `${width}px`;
  const c = canvas.getContext("2d");
  c.fillStyle = colour;
  const mid = canvas.height / 2;
  for (let x = 0; x < canvas.width; x++) {
    const from = Math.floor(x * peaks.length / canvas.width);
    const to = Math.max(from + 1, Math.floor((x + 1) * peaks.length / canvas.width));
    let most = 0;
    for (let i = from; i < to && i < peaks.length; i++) most = Math.max(most, peaks[i]);
    const half = most * mid;
    if (most > 0) c.fillRect(x, mid - half, 1, Math.max(1, 2 * half));
  }
}

/** Peaks of a decoded sound, 0 to 1, over an axis of so many seconds. */
export function peaksOf(buffer, columns, seconds = buffer.duration) {
  const peaks = new Float32Array(columns);
  for (let c = 0; c < buffer.numberOfChannels; c++) {
    const samples = buffer.getChannelData(c);
    const a = columns / (seconds * buffer.sampleRate);
    for (let i = 0; i < samples.length; i++) {
      const column = Math.min(columns - 1, Math.floor(i * a));
      const value = Math.abs(samples[i]);
      if (value > peaks[column]) peaks[column] = value;
    }
  }
  return peaks;
}

export const ink = () => getComputedStyle(document.body).color;
