/* On the live region of a page: says in words when a request of htmx did not get through. */
export default function reportFailure(live) {
  const say = (words) => {
    live.textContent = words;
  };
  document.body.addEventListener("htmx:sendError", () => {
    say("Not saved: the server can’t be reached. Your text is still here; try again in a moment.");
  });
  document.body.addEventListener("htmx:timeout", () => {
    say("Not saved: the server took too long. Your text is still here; try again in a moment.");
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 403) say("Not saved: you may not do this, or you have been signed out. Your text is still here.");
    else if (status === 404) say("Not saved: this is no longer here. Reload the page to see what changed.");
    else say("Not saved: something went wrong on the server. Your text is still here; try again in a moment.");
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) say("");
  });
  document.addEventListener("live:over", () => {
    say("You are signed out, or no longer take part here. This page isn’t kept up to date; reload it to see.");
  });
}
