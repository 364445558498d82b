// A reading of a take as the player wants it.

import {peaksOf} from "./drawing.js";
import {bytes, filePath, get, takePath, Refused} from "./api.js";

/**
 * @param key tells voices apart
 * @param take the take's id
 * @param reading the reading's name
 * @param state {samples, sampleRateHz, file} as track.json has it; `live` while more is to come
 */
export function voice(take, reading, state, live) {
  const made = {
    key: `${take}/${reading}`,
    take,
    reading,
    state,
    live,
    until: () => made.heard ?? (state.sampleRateHz ? state.samples / state.sampleRateHz : 0),
    whole: () => !made.live,
    encoded: () => /\.(flac|mp3|ogg)$/.test(made.state.file || ""),
    peaks: async (columns, axis) => {
      if (made.encoded()) return peaksOf(await whole(made, new OfflineAudioContext(1, 1, 48000)), columns, axis);
      const answer = await get(`${takePath(take)}/sounds/${encodeURIComponent(reading)}/peaks?columns=${columns}&seconds=${axis}`);
      return answer.peaks.map(p => p / 1000);
    },
    part: async (from, seconds, context) => {
      if (made.encoded()) return slice(await whole(made, context), from, seconds, context);
      const wav = await bytes(`${takePath(take)}/sounds/${encodeURIComponent(reading)}?from=${from}&seconds=${seconds}`);
      if (wav.byteLength <= 44) throw new Refused(404, "it has not come yet");
      return context.decodeAudioData(wav);
    },
  };
  return made;
}

/** A sound that this browser holds itself. */
export function ownVoice(key, buffer) {
  return {key, until: () => buffer.duration, whole: () => true, part: async (from, seconds, context) => slice(buffer, from, seconds, context)};
}

async function whole(made, context) {
  made.buffer ??= await context.decodeAudioData(await bytes(filePath(made.take, made.state.file)));
  return made.buffer;
}

function slice(buffer, from, seconds, context) {
  const first = Math.min(buffer.length, Math.round(from * buffer.sampleRate));
  const count = Math.min(buffer.length - first, Math.round(seconds * buffer.sampleRate));
  if (count < 1) return undefined;
  const part = context.createBuffer(buffer.numberOfChannels, count, buffer.sampleRate);
  for (let c = 0; c < buffer.numberOfChannels; c++) part.copyToChannel(buffer.getChannelData(c).subarray(first, first + count), c);
  return part;
}
