// Makes a photo small enough for a weak line, and leaves everything out that is not picture: where it was
// taken, with what, and when. A worker of its own, so that the page answers meanwhile; a browser whose
// workers cannot draw does it in the page (media.js).
const LONGEST_SIDE = 1280;
const SHORTEST_TRIED = 320;
const MOST_BYTES = 200 * 1024;
const QUALITIES = [0.82, 0.7, 0.58, 0.46];
// Larger files are no photos of a phone; reading one could end the page.
const MOST_FILE_BYTES = 60 * 1024 * 1024;

const text = (bytes, from, to) => String.fromCharCode(...bytes.slice(from, to));

// By content: what a file is called says nothing.
const kindOf = async (file) => {
  const bytes = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (text(bytes, 1, 4) === "PNG") return "png";
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 12) === "WEBP") return "webp";
  if (text(bytes, 4, 8) === "ftyp") return /^(hei|hev|mif1|msf1)/.test(text(bytes, 8, 12)) ? "heic" : "other";
  return "other";
};

const drawn = (picture, longest) => {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = globalThis.document
    ? Object.assign(document.createElement("canvas"), { width, height })
    : new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  // A see-through picture has paper behind it.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  return canvas;
};

const jpeg = (canvas, quality) =>
  canvas.convertToBlob
    ? canvas.convertToBlob({ type: "image/jpeg", quality })
    : new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

// `{ bytes }`, or `{ problem }`: not_an_image, heic, damaged, too_large.
export const shrink = async (file) => {
  if (file.size > MOST_FILE_BYTES) return { problem: "too_large" };
  const kind = await kindOf(file);
  if (kind === "other") return { problem: "not_an_image" };
  let picture;
  try {
    // Turned upright here: the note that says how goes with the rest.
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    // Some phones read HEIC, and then it is a photo like any other.
    return { problem: kind === "heic" ? "heic" : "damaged" };
  }
  try {
    for (let longest = LONGEST_SIDE; longest >= SHORTEST_TRIED; longest *= 0.75) {
      const canvas = drawn(picture, longest);
      for (const quality of QUALITIES) {
        const blob = await jpeg(canvas, quality);
        if (blob && blob.size <= MOST_BYTES) return { bytes: new Uint8Array(await blob.arrayBuffer()) };
      }
    }
    return { problem: "too_large" };
  } catch {
    return { problem: "damaged" };
  } finally {
    picture.close();
  }
};

if (!globalThis.document) {
  addEventListener("message", async ({ data }) => postMessage(await shrink(data)));
}
