// What a device can do for a page that is already whole: share it, print it, keep it as a picture.
// Fetched with the first such tap; without scripts the links lead on and the buttons are not shown.
const said = (button, word) => {
  const region = document.getElementById(`${button.id}-said`);
  if (region) region.textContent = word;
};

const share = async (button) => {
  const url = new URL(button.getAttribute("href"), location.href).href;
  try {
    if (navigator.share) await navigator.share({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      said(button, button.dataset.done);
    }
  } catch (problem) {
    // Closing the sheet is no mistake. Where neither works the address is there to be copied.
    if (problem.name !== "AbortError") said(button, url);
  }
};

// Browsers inside other apps drop what is saved by a link; a picture on the page can be held down and kept.
const savesNothing = () => "inApp" in document.documentElement.dataset;

const shown = (button, blob) => {
  const known = document.getElementById("picture-shown");
  const image = known ?? document.createElement("img");
  image.id = "picture-shown";
  image.alt = button.innerText;
  image.src = URL.createObjectURL(blob);
  if (!known) button.closest(".row").after(image);
  said(button, button.dataset.hold);
};

// The slip as it stands on the page, drawn line by line: nothing leaves the device.
const picture = async (button) => {
  const slip = button.closest("main").querySelector(".slip");
  const width = 720;
  const pad = 40;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  const steps = [];
  let y = pad;
  const write = (text, size, weight = 400, colour = "#1d2421") => {
    pen.font = `${weight} ${size}px ${family}`;
    let line = "";
    const put = () => {
      const [words, at] = [line, (y += size * 1.4)];
      steps.push(() => {
        pen.font = `${weight} ${size}px ${family}`;
        pen.fillStyle = colour;
        pen.fillText(words, pad, at);
      });
      line = "";
    };
    for (const character of text.trim().replace(/\s+/g, " ")) {
      if (pen.measureText(line + character).width > width - 2 * pad) put();
      line += character;
    }
    if (line) put();
  };
  const draw = (figure) => {
    const svg = figure.querySelector("svg");
    const units = Number(svg.getAttribute("viewBox").split(" ")[2]);
    const side = 280;
    const at = (y += 24);
    const path = new Path2D(svg.querySelector("path").getAttribute("d"));
    steps.push(() => {
      pen.save();
      pen.translate(pad, at);
      pen.scale(side / units, side / units);
      pen.fillStyle = "#000";
      pen.fill(path);
      pen.restore();
    });
    y += side;
    write(figure.querySelector("figcaption").innerText, 24, 400, "#56605b");
  };
  for (const part of slip.querySelectorAll("[data-size], .qr")) {
    if (part.matches(".qr")) draw(part);
    else write(part.innerText, Number(part.dataset.size), Number(part.dataset.size) > 40 ? 700 : 400);
  }
  // Setting the size wipes the canvas, so it is set once everything is measured.
  canvas.width = width;
  canvas.height = y + pad;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const step of steps) step();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (savesNothing()) return shown(button, blob);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = button.dataset.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  said(button, button.dataset.done);
};

export const act = (button) =>
  ({ share, print: () => window.print(), picture })[button.dataset.device](button);
