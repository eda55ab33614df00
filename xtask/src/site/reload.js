
// Only in development builds: the server stops and starts at every change, and then the page reloads.
let stopped = false;
setInterval(async () => {
  try {
    await fetch("/healthz");
    if (stopped) location.reload();
  } catch {
    stopped = true;
  }
}, 700);
