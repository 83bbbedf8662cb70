/* On the main part of a page that may be kept: lets it open without a network next time, and says when what is shown is a copy. */
export default async function worksOffline(main) {
  const { copy } = document.documentElement.dataset;
  if (copy !== undefined) main.prepend(notice(Number(copy)));
  if (!navigator.serviceWorker) return;
  const keep = (worker) => worker?.postMessage({ keep: location.pathname + location.search });
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    if (copy === undefined) keep((await navigator.serviceWorker.ready).active);
  } catch {
    // The page works without; only not offline.
  }
}

function notice(made) {
  const line = document.createElement("p");
  line.className = "band";
  line.role = "status";
  const when = made ? ` as it was at ${new Date(made).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}` : "";
  line.textContent = `The server can’t be reached: this is the page${when}. What you write is kept on this device. `;
  const again = document.createElement("a");
  again.href = location.href;
  again.textContent = "Try again";
  line.append(again);
  return line;
}
