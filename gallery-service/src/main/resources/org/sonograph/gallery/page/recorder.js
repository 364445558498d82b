// The microphone: recorded by the browser, sent as WAV, which everything reads.

let running;

export async function record(button, said, accept) {
  if (running) { running.stop(); return; }
  if (!navigator.mediaDevices) {
    said("Browsers give a microphone only to pages of this machine or over HTTPS.");
    return;
  }
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({audio: {echoCancellation: false, noiseSuppression: false, autoGainControl: false}});
  } catch (e) {
    said(`No microphone: ${e.message}`);
    return;
  }
  const pieces = [];
  running = new MediaRecorder(stream);
  running.ondataavailable = event => pieces.push(event.data);
  running.onstop = async () => {
    stream.getTracks().forEach(track => track.stop());
    button.textContent = "Record";
    button.setAttribute("aria-pressed", "false");
    running = undefined;
    said("");
    const buffer = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(await new Blob(pieces).arrayBuffer());
    const stamp = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
    await accept(new File([wav(buffer)], `recording ${stamp}.wav`, {type: "audio/wav"}));
  };
  running.start();
  button.textContent = "Stop recording";
  button.setAttribute("aria-pressed", "true");
  said("Recording.");
}

/** 16 bits a sample. */
function wav(buffer) {
  const channels = buffer.numberOfChannels;
  const data = new DataView(new ArrayBuffer(44 + 2 * channels * buffer.length));
  const text = (at, word) => [...word].forEach((c, i) => data.setUint8(at + i, c.charCodeAt(0)));
  text(0, "RIFF"); data.setUint32(4, data.byteLength - 8, true); text(8, "WAVEfmt ");
  data.setUint32(16, 16, true); data.setUint16(20, 1, true); data.setUint16(22, channels, true);
  data.setUint32(24, buffer.sampleRate, true); data.setUint32(28, 2 * channels * buffer.sampleRate, true);
  data.setUint16(32, 2 * channels, true); data.setUint16(34, 16, true);
  text(36, "data"); data.setUint32(40, data.byteLength - 44, true);
  for (let c = 0; c < channels; c++) {
    const samples = buffer.getChannelData(c);
    for (let i = 0; i < samples.length; i++) {
      data.setInt16(44 + 2 * (i * channels + c), Math.round(32767 * Math.max(-1, Math.min(1, samples[i]))), true);
    }
  }
  return data.buffer;
}
