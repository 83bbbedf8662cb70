/* Lets Node read the browser's modules as they are, but for the store, in whose place stands one that the bridge looks into. */
export function resolve(specifier, context, next) {
  if (specifier === "./store.js") return { url: new URL("store.mjs", import.meta.url).href, shortCircuit: true };
  return next(specifier, context);
}

export function load(url, context, next) {
  return next(url, url.includes("/static/js/") ? { ...context, format: "module" } : context);
}
