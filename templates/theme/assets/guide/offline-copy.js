/**
 * The guide without a network: has an edition of it kept on the device (by service-worker.js) and follows what becomes
 * of it. Nothing is kept from a preview, from the file system, or where the browser cannot.
 */

// What a kept edition takes, and all the paper with it, in bytes. The build writes the numbers; 0: nothing to keep.
const COPY_SIZE = 0;
const PAPER_SIZE = 0;
/** Above this the reader is asked first, in bytes: a guide of pages and pictures, fetched unasked. */
const LARGEST_UNASKED = 20000000;
const HOUR = 3600000;

const ownScript = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const siteRoot = new URL("..", ownScript?.src ?? location.href);
const workers = COPY_SIZE && location.protocol.startsWith("http") ? navigator.serviceWorker : undefined;
/** In localStorage: the reader wants no copy. "Forget everything" forgets it too. */
const COPY_DECLINED = `${store.key}:no-copy`;

const COPY_KEPT = t("offline_kept");

/** @typedef {"impossible" | "none" | "fetching" | "kept" | "behind"} CopyState */
/** @type {CopyState} */
let copyState = "impossible";
const copyChanges = new EventTarget();

/** @param {CopyState} next */
function setCopyState(next) {
  // Said once: later visits find it kept.
  if (copyState === "fetching" && next === "kept") say(COPY_KEPT);
  copyState = next;
  copyChanges.dispatchEvent(new Event("change"));
}

/** @param {number} bytes */
const inMegabytes = (bytes) => t("megabytes", { n: (bytes / 1e6).toLocaleString(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) });

/** @param {string | null} value what to remember; null forgets it */
function rememberNoCopy(value) {
  try {
    if (value === null) localStorage.removeItem(COPY_DECLINED);
    else localStorage.setItem(COPY_DECLINED, value);
  } catch {
    // Then the reader is asked for nothing, and the copy comes back at the next visit.
  }
}

function noCopyWanted() {
  try {
    return localStorage.getItem(COPY_DECLINED) !== null;
  } catch {
    return false;
  }
}

/** The registration of this guide; one of a folder above it is another site's. */
async function ownRegistration() {
  const found = await workers?.getRegistration(siteRoot.href);
  return found?.scope === siteRoot.href ? found : undefined;
}

/** The names of the caches of this guide; service-worker.js names them. */
const copyNames = async () => (await caches.keys()).filter((name) => name.startsWith(`coaching-guide ${siteRoot.pathname} `));

async function keepCopy() {
  try {
    const registration = await workers?.register(new URL("service-worker.js", siteRoot));
    // A browser that is told to block workers may answer with nothing.
    if (!registration) return;
    if (registration.active && !(await copyNames()).length) await fillCopy(registration.active);
    watchEditions(registration);
  } catch {
    // What could be kept a moment ago can be tried again.
    if (copyState !== "impossible") setCopyState("none");
  }
}

/**
 * Have a worker whose copy was removed fetch it again.
 * @param {ServiceWorker} worker
 * @returns {Promise<void>}
 */
function fillCopy(worker) {
  setCopyState("fetching");
  const { port1, port2 } = new MessageChannel();
  worker.postMessage("keep", [port2]);
  return new Promise((done, failed) => {
    port1.onmessage = ({ data }) => (data ? done() : failed());
  });
}

/** @param {ServiceWorkerRegistration} registration */
function watchEditions(registration) {
  const look = () => {
    if (registration.waiting && registration.active) tellNewer(registration);
    if (registration.active) setCopyState("kept");
    else setCopyState(registration.installing || registration.waiting ? "fetching" : "none");
  };
  const follow = () => {
    const next = registration.installing;
    next?.addEventListener("statechange", () => {
      look();
      if (next.state === "redundant" && registration.active) setCopyState("behind");
    });
    look();
  };
  registration.addEventListener("updatefound", follow);
  follow();
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < HOUR) return;
    asked = Date.now();
    registration.update().catch(() => undefined);
  });
}

/** Remove the copy; pages then come from the network. */
async function removeCopy() {
  rememberNoCopy("1");
  await (await ownRegistration())?.unregister();
  for (const name of await copyNames()) await caches.delete(name);
  setCopyState("none");
}
