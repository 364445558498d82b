// One picture dissolves into the next by the law of the sound's seams: gains x and 1-x over sqrt(x² + (1-x)² + 2ρx(1-x)),
// ρ how alike they are. The gains act on the difference from each picture's mean, so strangers keep their contrast.
// Opacity gives x and 1-x, a filter the rest.

const SIDE = 32;
const small = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
const looks = new WeakMap();
let likeness = {};

/** Mean of each colour, 0 to 1, and what is left of the pixels without it. */
function look(image) {
  if (looks.has(image)) return looks.get(image);
  small.canvas.width = small.canvas.height = SIDE;
  small.drawImage(image, 0, 0, SIDE, SIDE);
  const pixels = Float32Array.from(small.getImageData(0, 0, SIDE, SIDE).data, v => v / 255);
  const means = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) if (i % 4 < 3) means[i % 4] += pixels[i] / (SIDE * SIDE);
  for (let i = 0; i < pixels.length; i++) pixels[i] = i % 4 < 3 ? pixels[i] - means[i % 4] : 0;
  looks.set(image, {means, pixels});
  return looks.get(image);
}

/** Correlation of two pictures, 0 to 1; 0 where either is flat. */
function alike(before, after) {
  if (likeness.before === before && likeness.after === after) return likeness.rho;
  const [a, b] = [look(before).pixels, look(after).pixels];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) { ab += a[i] * b[i]; aa += a[i] * a[i]; bb += b[i] * b[i]; }
  likeness = {before, after, rho: aa && bb ? Math.max(0, Math.min(1, ab / Math.sqrt(aa * bb))) : 0};
  return likeness.rho;
}

/** The filter over the two of which the second has the opacity x: slope, and intercept of each colour. */
export function law(before, after, x) {
  const rho = alike(before, after);
  const slope = 1 / Math.sqrt(x * x + (1 - x) * (1 - x) + 2 * rho * x * (1 - x));
  const [a, b] = [look(before).means, look(after).means];
  return {slope, intercepts: a.map((mean, c) => ((1 - x) * mean + x * b[c]) * (1 - slope))};
}
