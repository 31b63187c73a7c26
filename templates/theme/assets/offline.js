/**
 * The guide without a network: has an edition of it kept on the device (by service-worker.js), says so, and tells when a
 * newer edition is there. Nothing is kept from a preview, from the file system, or where the browser cannot.
 */
(() => {
  const { store, say, make, define, Connected } = coachingGuide;

  // What a kept edition takes, and all the paper with it, in bytes. The build writes the numbers; 0: nothing to keep.
  const SIZE = 0;
  const PAPER = 0;
  /** Above this the reader is asked first, in bytes: a guide of pages and pictures, fetched unasked. */
  const UNASKED = 20000000;
  const HOUR = 3600000;

  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const root = new URL("..", script?.src ?? location.href);
  const workers = SIZE && location.protocol.startsWith("http") ? navigator.serviceWorker : undefined;
  /** In localStorage: the reader wants no copy. "Forget everything" forgets it too. */
  const DECLINED = `${store.key}:no-copy`;

  /** @typedef {"impossible" | "none" | "fetching" | "kept" | "behind"} State */
  /** @type {State} */
  let state = "impossible";
  const changes = new EventTarget();

  /** @param {State} next */
  function become(next) {
    // Said once: later visits find it kept.
    if (state === "fetching" && next === "kept") say(KEPT);
    state = next;
    changes.dispatchEvent(new Event("change"));
  }

  const KEPT = "This guide is kept on this device and opens without a network.";
  /** @param {number} bytes */
  const inMegabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

  /** @param {string | null} value what to remember; null forgets it */
  function remember(value) {
    try {
      if (value === null) localStorage.removeItem(DECLINED);
      else localStorage.setItem(DECLINED, value);
    } catch {
      // Then the reader is asked for nothing, and the copy comes back at the next visit.
    }
  }

  function declined() {
    try {
      return localStorage.getItem(DECLINED) !== null;
    } catch {
      return false;
    }
  }

  /** The registration of this guide; one of a folder above it is another site's. */
  async function ours() {
    const found = await workers?.getRegistration(root.href);
    return found?.scope === root.href ? found : undefined;
  }

  /** The names of the caches of this guide; service-worker.js names them. */
  const copies = async () => (await caches.keys()).filter((name) => name.startsWith(`coaching-guide ${root.pathname} `));

  async function keep() {
    try {
      const registration = await workers?.register(new URL("service-worker.js", root));
      // A browser that is told to block workers may answer with nothing.
      if (!registration) return;
      if (registration.active && !(await copies()).length) await fill(registration.active);
      watch(registration);
    } catch {
      // What could be kept a moment ago can be tried again.
      if (state !== "impossible") become("none");
    }
  }

  /**
   * Have a worker whose copy was removed fetch it again.
   * @param {ServiceWorker} worker
   * @returns {Promise<void>}
   */
  function fill(worker) {
    become("fetching");
    const { port1, port2 } = new MessageChannel();
    worker.postMessage("keep", [port2]);
    return new Promise((done, failed) => {
      port1.onmessage = ({ data }) => (data ? done() : failed());
    });
  }

  /** @param {ServiceWorkerRegistration} registration */
  function watch(registration) {
    const look = () => {
      if (registration.waiting && registration.active) tellNewer(registration);
      if (registration.active) become("kept");
      else become(registration.installing || registration.waiting ? "fetching" : "none");
    };
    const follow = () => {
      const next = registration.installing;
      next?.addEventListener("statechange", () => {
        look();
        if (next.state === "redundant" && registration.active) become("behind");
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
  async function remove() {
    remember("1");
    await (await ours())?.unregister();
    for (const name of await copies()) await caches.delete(name);
    become("none");
  }

  // ---- the newer edition -------------------------------------------------------------------------------------------

  // Early in the order of the keyboard, and there before anything is said in it.
  const region = make("div", { class: "guide-edition", role: "status" });
  if (workers) document.querySelector(".md-header")?.after(region);

  /** @param {ServiceWorkerRegistration} registration */
  function tellNewer(registration) {
    if (region.firstChild) return;
    const show = () => {
      const next = registration.waiting;
      // Another tab has accepted it.
      if (!next) location.reload();
      next?.addEventListener("statechange", () => next.state === "activated" && location.reload());
      next?.postMessage("activate");
    };
    const later = () => {
      region.classList.remove("guide-status", "guide-status--shown");
      region.replaceChildren(make("span", { hidden: true }));
    };
    region.classList.add("guide-status", "guide-status--shown");
    region.replaceChildren(
      make("p", {}, "A newer edition of this guide is here. Showing it reloads the page."),
      make("button", { type: "button", class: "guide-button", click: show }, "Show it"),
      make("button", { type: "button", class: "guide-button", click: later }, "Later"),
    );
  }

  // ---- what the pages say ------------------------------------------------------------------------------------------

  /** The line in the foot of every page, or with `data-full` all that can be said and done about it. */
  class GuideOffline extends Connected {
    /** @param {AbortSignal} signal */
    connected(signal) {
      this.show();
      changes.addEventListener("change", () => this.show(), { signal });
    }

    show() {
      const kept = state === "kept" || state === "behind";
      if (this.dataset.full === undefined) {
        this.replaceChildren(...(kept ? [KEPT, " ", make("a", { href: this.dataset.more ?? "" }, "More")] : []));
        return;
      }
      // What the reader has just pressed may be gone; what it did stands in its place.
      const held = this.contains(document.activeElement);
      this.replaceChildren(...(state === "impossible" ? [] : this.told(kept)));
      if (held) this.querySelector("h2")?.focus();
    }

    /** @param {boolean} kept */
    told(kept) {
      const heading = make("h2", { tabindex: "-1" }, "Without a network");
      if (state === "fetching") return [heading, make("p", {}, "The guide is being kept on this device.")];
      if (!kept) {
        const words = "The guide can be kept on this device, so that it opens without a network.";
        return [heading, make("p", {}, words), this.button(`Keep it here (${inMegabytes(SIZE)})`, this.keep)];
      }
      const newer = "A newer edition is there, but it could not be fetched whole. You are reading the earlier one.";
      const paper = PAPER
        ? [
            make("p", {}, "Sheets to print and other files are kept, too, once you have opened them."),
            this.button(`Keep all files now (${inMegabytes(PAPER)})`, this.keepPaper),
          ]
        : [];
      return [
        heading,
        make("p", {}, `${KEPT} It takes ${inMegabytes(SIZE)}; nothing of yours is in it.`),
        ...(state === "behind" ? [make("p", {}, newer)] : []),
        ...paper,
        this.button("Remove the guide from this device", remove),
      ];
    }

    /**
     * @param {string} name
     * @param {(this: GuideOffline, button: HTMLButtonElement) => unknown} press
     */
    button(name, press) {
      const button = make("button", { type: "button", class: "guide-button" }, name);
      button.addEventListener("click", () => press.call(this, button));
      return make("p", {}, button);
    }

    keep() {
      remember(null);
      return keep();
    }

    /** The worker keeps what it is asked for. @param {HTMLButtonElement} button */
    async keepPaper(button) {
      if (button.getAttribute("aria-disabled")) return;
      button.setAttribute("aria-disabled", "true");
      try {
        const manifest = await (await fetch(new URL("edition.json", root))).json();
        let left = Object.keys(manifest.downloads);
        const count = left.length;
        for (const path of left) {
          const address = new URL(path.split("/").map(encodeURIComponent).join("/"), root);
          if (!(await fetch(address)).ok) throw new Error(path);
          button.textContent = `Keeping ${count - (left = left.slice(1)).length} of ${count}`;
        }
        button.textContent = "All files are kept";
        say("All files are kept on this device.");
      } catch {
        button.removeAttribute("aria-disabled");
        button.textContent = "Not all could be fetched. Try again";
        say("Not all files could be fetched.");
      }
    }
  }
  define("guide-offline", GuideOffline);

  // ---- when --------------------------------------------------------------------------------------------------------

  async function start() {
    const connection = /** @type {any} */ (navigator).connection;
    const asks = declined() || SIZE > UNASKED || connection?.saveData;
    if (!asks || (await ours())) await keep();
    else become("none");
  }

  // When the page has been read in and the browser has nothing else to do.
  function soon() {
    if ("requestIdleCallback" in window) requestIdleCallback(() => start(), { timeout: 10000 });
    else setTimeout(start, 2000);
  }
  if (workers && document.readyState === "complete") soon();
  else if (workers) addEventListener("load", soon, { once: true });
})();
