// Photos and voices, taken on the device. Fetched when somebody wants one.
import { huiyin } from "./policy.js";

// The server takes three minutes; the last second is not cut off in the middle of a word.
const LONGEST_MS = 179_000;
const VOICE_BITS_A_SECOND = 24_000;
// A worker that says nothing for so long has died with too large a picture.
const PATIENCE_MS = 60_000;

const inPage = async (file) => (await import("./shrink.js")).shrink(file);

// `{ bytes }`, a JPEG of 200 KB at most; or `{ problem }`.
export const photo = async (file) => {
  if (!globalThis.OffscreenCanvas || !globalThis.createImageBitmap) return inPage(file);
  let worker;
  try {
    const script = huiyin.createScriptURL(new URL("./shrink.js", import.meta.url).href);
    worker = new Worker(script, { type: "module" });
  } catch {
    return inPage(file);
  }
  const answer = await new Promise((done) => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = () => done(undefined);
    setTimeout(done, PATIENCE_MS, { problem: "too_large" });
    worker.postMessage(file);
  });
  worker.terminate();
  return answer ?? inPage(file);
};

// `{ stop, ended }`, `ended` promising `{ bytes }`; or `{ problem }`.
export const voice = async () => {
  const kinds = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"];
  const mimeType = globalThis.MediaRecorder && kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
  if (!mimeType || !navigator.mediaDevices) return { problem: "unsupported" };
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false } });
  } catch (problem) {
    return { problem: problem.name === "NotFoundError" ? "no_microphone" : "not_allowed" };
  }
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: VOICE_BITS_A_SECOND });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stop = () => recorder.state === "inactive" || recorder.stop();
  const ended = new Promise((done) => {
    recorder.onstop = async () => {
      for (const track of stream.getTracks()) track.stop();
      const whole = new Blob(parts, { type: mimeType });
      done(whole.size ? { bytes: new Uint8Array(await whole.arrayBuffer()) } : { problem: "no_microphone" });
    };
  });
  recorder.start(1000);
  setTimeout(stop, LONGEST_MS);
  return { stop, ended };
};
