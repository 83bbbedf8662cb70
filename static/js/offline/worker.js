/* Lets pages that say so (Kept-On-Device) open without a network, from the copy of the last time they were opened.
   The server puts two lines before this: VERSION, which changes with any file, and FILES, the addresses of all of them.
   With a network nothing here is shown in place of what the server answers; signing in or out drops every copy. The notes that a
   device keeps are no business of this file. */
/* global VERSION, FILES */
const [STATIC, PAGES] = [`static-${VERSION}`, `pages-${VERSION}`];
const SHELL = "/device/";
const MARK = "Kept-On-Device";
// A network that has said nothing for so long is none.
const PATIENCE = 6000;
// Their content never changes: their name tells it.
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;
const SOMEBODY_ELSE_MAY_COME = /^\/(accounts|join|k)\/|\/leave\/$/;
const LOST = new Set([401, 403, 404, 410]);
const GATEWAY = new Set([502, 503, 504]);
let forgotten = 0;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(STATIC);
      await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
      await keep(SHELL);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name !== STATIC && name !== PAGES);
      const pages = (await Promise.all(old.filter((name) => name.startsWith("pages-")).map(addressesIn))).flat();
      await self.clients.claim();
      // Copies go with the files that they were made of.
      await Promise.all(old.map((name) => caches.delete(name)));
      await Promise.all(pages.map(keep));
    })(),
  );
});

self.addEventListener("message", (event) => {
  const { keep: page, drop } = event.data;
  if (page) event.waitUntil(keep(page));
  if (drop) event.waitUntil(dropWhere((path) => path.startsWith(drop)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode !== "navigate") {
    if (request.method === "GET" && FILES.includes(url.pathname)) event.respondWith(file(request));
    return;
  }
  if (SOMEBODY_ELSE_MAY_COME.test(url.pathname)) event.respondWith(changing(event, url));
  else if (request.method === "GET") event.respondWith(page(event, url));
});

async function file(request) {
  const kept = await (await caches.open(STATIC)).match(request);
  if (kept && NAMED_BY_CONTENT.test(request.url)) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

/* Before, and after: until the server has answered, whoever was signed in still is, and a page of theirs may be under way. */
async function changing(event, url) {
  await forget();
  try {
    return await (event.request.method === "GET" ? page(event, url) : fetch(event.request));
  } finally {
    await forget();
  }
}

function forget() {
  forgotten += 1;
  return dropWhere((path) => path !== SHELL);
}

async function page(event, url) {
  const before = forgotten;
  const kept = await copyOf(url);
  const asked = fetch(event.request).then(async (response) => {
    await learn(url, response, before);
    return response;
  });
  event.waitUntil(asked.catch(() => {}));
  if (!kept) return asked.catch(async () => (await copyOf(new URL(SHELL, url))) ?? Response.error());
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const answer = await Promise.race([asked, late]).catch(() => null);
  return answer && !GATEWAY.has(answer.status) ? answer : asCopy(kept);
}

/* Keeps what may be kept of `response`, unless all was forgotten since it was asked for (`before`: how often it had been then), and
   drops what isn't open to this browser any more. */
async function learn(url, response, before) {
  if (response.ok && response.headers.get(MARK)) {
    const cache = await caches.open(PAGES);
    await cache.put(address(url), response.clone());
    if (before !== forgotten && url.pathname !== SHELL) await cache.delete(address(url));
  }
  if (LOST.has(response.status) || response.type === "opaqueredirect") {
    await dropWhere((path) => path === url.pathname);
    // Whoever can't open this may be nobody in the whole workshop.
    const workshop = /^\/w\/[^/]+\//.exec(url.pathname)?.[0];
    const others = (await addressesIn(PAGES)).filter((page) => workshop && page.startsWith(workshop));
    await Promise.all(others.map(keep));
  }
}

async function keep(page) {
  const before = forgotten;
  const url = new URL(page, self.location.origin);
  const response = await fetch(url, { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (!response) return;
  if (LOST.has(response.status) || response.type === "opaqueredirect") await dropWhere((path) => path === url.pathname);
  else await learn(url, response, before);
}

const address = (url) => url.pathname + url.search;

async function addressesIn(name) {
  return (await (await caches.open(name)).keys()).map((request) => address(new URL(request.url)));
}

async function copyOf(url) {
  const cache = await caches.open(PAGES);
  return (await cache.match(address(url), { ignoreVary: true })) ?? cache.match(address(url), { ignoreVary: true, ignoreSearch: true });
}

async function dropWhere(test) {
  const cache = await caches.open(PAGES);
  const pages = await cache.keys();
  await Promise.all(pages.filter(({ url }) => test(new URL(url).pathname)).map((request) => cache.delete(request)));
}

/* The copy, saying that it is one. */
async function asCopy(kept) {
  const html = await kept.text();
  const headers = new Headers(kept.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const made = Date.parse(kept.headers.get("Date") ?? "") || 0;
  return new Response(html.replace("<html ", `<html data-copy="${made}" `), { headers });
}
