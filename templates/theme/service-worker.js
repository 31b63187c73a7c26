/**
 * Keeps one whole edition of the guide on the reader's device, so that it opens without a network.
 *
 * The build writes the edition's name: the hash of edition.json, which holds the hash of every file. An edition is
 * fetched whole or not at all; a page that was opened from one edition gets every part from that edition, until the
 * reader takes the newer one.
 *
 * As it stands here ("", a preview) it removes itself and all it kept, and reloads what it had answered. So does "off",
 * which `offline: false` writes, but in its turn, like any newer edition: that is the way out for a site that no longer
 * wants it.
 */
"use strict";

const EDITION = "";
const PREVIEW = "";
const OFF = "off";
/** What is said of a file that is not kept, in the guide's language; the build writes it. */
const NOT_KEPT = "";
/** How many files are fetched at a time. */
const LANES = 4;

/** @typedef {{ files: Record<string, string>, downloads: Record<string, string> }} Manifest by path: the file's hash */
/** @typedef {{ since: number, editions: Record<string, string> }} Clients by client id: the cache its page is from */

const worker = /** @type {any} */ (self);
const scope = new URL(worker.registration.scope);
// Several guides can share an origin: each keeps to the caches that bear its own folder.
const OURS = `coaching-guide ${scope.pathname} `;
const HERE = OURS + EDITION;
/** In the place of a cache's name: a page that came from the network. */
const NETWORK = "network";
const MANIFEST = "edition.json";

/** @param {string} path relative to the site's root, as in the manifest */
const addressOf = (path) => new URL(path.split("/").map(encodeURIComponent).join("/"), scope).href;
/** Where a cache holds its Clients: no file has this address. */
const CLIENTS = new URL("?clients", scope).href;

/** @param {URL} url */
function pathOf(url) {
  try {
    return decodeURIComponent(url.pathname.slice(scope.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
  } catch {
    return url.pathname;
  }
}

const ourCaches = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

/**
 * @param {string} path
 * @param {string} cacheName
 */
const kept = (path, cacheName) => caches.match(addressOf(path), { cacheName, ignoreVary: true });

/**
 * @param {string} cacheName
 * @returns {Promise<Manifest | undefined>}
 */
const manifestOf = async (cacheName) => (await kept(MANIFEST, cacheName))?.json();

/**
 * @param {string} cacheName
 * @returns {Promise<Clients | undefined>}
 */
const clientsOf = async (cacheName) => (await caches.match(CLIENTS, { cacheName }))?.json();

/**
 * Fetch a file of this edition; fails when the network has another one.
 * @param {string} path
 * @param {string} integrity
 */
async function fetchFile(path, integrity) {
  const get = (/** @type {RequestCache} */ cache) => {
    // The browser compares the hash.
    const options = { cache, integrity, priority: "low" };
    return fetch(addressOf(path), /** @type {RequestInit} */ (options));
  };
  // First ask whether what the browser has is still right. Some servers say so of a file that has changed: by its date.
  const response = await get("no-cache").catch(() => get("reload"));
  // A response of our own: some hosts redirect, and a redirected one cannot answer a navigation.
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "expires", "vary"]) headers.delete(name);
  // Else the browser's memory would hand a part of this edition to a page of the next, and not ask.
  headers.set("cache-control", "no-cache");
  return new Response(await response.blob(), { headers });
}

/** Return, by hash, how to get what other editions on this device hold: most files of a new edition are old ones. */
async function keptBefore() {
  /** @type {Map<string, () => Promise<Response | undefined>>} */
  const found = new Map();
  for (const name of await ourCaches()) {
    const manifest = name === HERE ? undefined : await manifestOf(name);
    const files = Object.entries({ ...manifest?.downloads, ...manifest?.files });
    for (const [path, integrity] of files) found.set(integrity, () => kept(path, name));
  }
  return found;
}

async function install() {
  const cache = await caches.open(HERE);
  const manifest = await fetchFile(MANIFEST, EDITION);
  await cache.put(addressOf(MANIFEST), manifest.clone());
  const { files, downloads } = /** @type {Manifest} */ (await manifest.json());
  const before = await keptBefore();
  const open = Object.entries(files);
  const lane = async () => {
    for (let next = open.shift(); next; next = open.shift()) {
      const [path, integrity] = next;
      // What an interrupted attempt has fetched is right: the cache bears the edition's name.
      if (await kept(path, HERE)) continue;
      await cache.put(addressOf(path), (await before.get(integrity)?.()) ?? (await fetchFile(path, integrity)));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  for (const [path, integrity] of Object.entries(downloads)) {
    const same = await before.get(integrity)?.();
    if (same) await cache.put(addressOf(path), same);
  }
}

/** Fetch again what the reader had removed while a page was open. @param {MessagePort} port to be told whether it is whole */
async function again(port) {
  try {
    await install();
    await keepClients({ since: Date.now(), editions: {} });
    port.postMessage(true);
  } catch {
    await caches.delete(HERE);
    port.postMessage(false);
  }
}

/** Pages that are open stay with the edition they came from, which is kept as long as they are. */
async function activate() {
  let previous = "";
  /** @type {Clients} */
  let last = { since: 0, editions: {} };
  for (const name of await ourCaches()) {
    const clients = name === HERE ? undefined : await clientsOf(name);
    if (clients && clients.since > last.since) [previous, last] = [name, clients];
  }
  /** @type {Record<string, string>} */
  const editions = {};
  for (const { id } of previous ? await worker.clients.matchAll({ includeUncontrolled: true, type: "all" }) : []) {
    editions[id] = last.editions[id] ?? previous;
  }
  await keepClients({ since: Date.now(), editions });
  await tidy(editions);
}

/** @param {Clients} clients */
async function keepClients(clients) {
  // Not where the reader has removed it all.
  if (await caches.has(HERE)) await (await caches.open(HERE)).put(CLIENTS, new Response(JSON.stringify(clients)));
  known = Promise.resolve(clients);
}

/** Delete the editions that no open page is from. @param {Record<string, string>} editions */
async function tidy(editions) {
  const used = new Set([HERE, ...Object.values(editions)]);
  const waiting = worker.registration.waiting || worker.registration.installing;
  for (const name of await ourCaches()) {
    // A newer edition that is being fetched, or waits for its turn, has not been active and knows of no clients.
    if (!used.has(name) && (!waiting || (await clientsOf(name)))) await caches.delete(name);
  }
}

/** What this worker knows of clients; it may have been asleep. @type {Promise<Clients | undefined> | undefined} */
let known;

/**
 * Note which edition a page is from that is just being opened; forget the pages that are closed.
 * @param {string} client
 * @param {string} [edition] where it is not this one
 */
async function opened(client, edition) {
  const { since, editions } = (await (known ??= clientsOf(HERE))) ?? { since: Date.now(), editions: {} };
  const open = Object.keys(editions);
  if (!edition && !open.length) return;
  const still = await Promise.all(open.map((id) => worker.clients.get(id)));
  const left = Object.fromEntries(Object.entries(editions).filter((_, index) => still[index]));
  if (edition) left[client] = edition;
  await keepClients({ since, editions: left });
  await tidy(left);
}

/** @param {any} event a FetchEvent */
async function navigate(event) {
  const url = new URL(event.request.url);
  const path = pathOf(url);
  const page = await kept(path, HERE);
  if (page) {
    event.waitUntil(opened(event.resultingClientId));
    return page;
  }
  if (await kept(`${path}/`, HERE)) return Response.redirect(addressOf(`${path}/`) + url.search, 301);
  const download = await fromDownloads(event.request, path, HERE);
  if (download) return download;
  try {
    const response = await fetch(event.request, { cache: "no-cache" });
    // A page this edition does not know: the parts it asks for are to be of its own edition too.
    await opened(event.resultingClientId, NETWORK);
    return response;
  } catch (fault) {
    const lost = await kept("404.html", HERE);
    if (!lost) throw fault;
    return new Response(await lost.blob(), { status: 404, headers: lost.headers });
  }
}

/** @param {any} event a FetchEvent */
async function part(event) {
  const clients = await (known ??= clientsOf(HERE));
  const edition = clients?.editions[event.clientId] ?? HERE;
  if (edition === NETWORK) return fetch(event.request, { cache: "no-cache" });
  const path = pathOf(new URL(event.request.url));
  const file = await kept(path, edition);
  return file ?? (await fromDownloads(event.request, path, edition)) ?? fetch(event.request);
}

/**
 * Return a file that is kept once it has been opened: paper, and what other programs read.
 * @param {Request} request
 * @param {string} path
 * @param {string} edition
 */
async function fromDownloads(request, path, edition) {
  const integrity = (await manifestOf(edition))?.downloads[path];
  if (!integrity || request.headers.has("range")) return undefined;
  try {
    const file = await fetchFile(path, integrity);
    await (await caches.open(edition)).put(addressOf(path), file.clone());
    return file;
  } catch {
    // No network, or a newer edition there. Paper stands alone and names its edition, so the newer one will do.
    return fetch(request).catch((fault) => {
      if (request.mode !== "navigate") throw fault;
      return new Response(NOT_KEPT, { status: 503, headers: { "content-type": "text/plain; charset=utf-8" } });
    });
  }
}

async function leave() {
  for (const name of await ourCaches()) await caches.delete(name);
  await worker.registration.unregister();
  if (EDITION !== PREVIEW) return;
  for (const client of await worker.clients.matchAll({ type: "window" })) await client.navigate(client.url);
}

if (EDITION === PREVIEW || EDITION === OFF) {
  worker.addEventListener("install", () => EDITION === PREVIEW && worker.skipWaiting());
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(leave()));
} else {
  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const url = new URL(event.request.url);
    const ours = url.origin === scope.origin && url.pathname.startsWith(scope.pathname);
    if (event.request.method !== "GET" || !ours) return;
    event.respondWith(event.request.mode === "navigate" ? navigate(event) : part(event));
  });
  worker.addEventListener("message", (/** @type {any} */ event) => {
    if (event.data === "keep") event.waitUntil(again(event.ports[0]));
  });
}
// The reader has accepted the newer edition.
worker.addEventListener("message", (/** @type {any} */ event) => event.data === "activate" && worker.skipWaiting());
