/**
 * Lets the site work wherever it stands: on any server and in any folder of one, and as a folder of files; and lets a
 * first visit go without the search, which is as large as a page and all that goes with it. Loaded before Material's
 * bundle.
 */
(() => {
  "use strict";

  // Material knows its pages by their addresses in sitemap.xml, which begin with `site_url`, and fits those to the server's
  // name, but not to its port or folder. So the addresses are put right while it reads them. Then a whole visit is one
  // document, and what was typed into one message is there in the next.
  const { site = "", root = "" } = document.currentScript?.dataset || {};
  const home = new URL(root.replace(/\/?$/, "/"), location.href);
  const parse = DOMParser.prototype.parseFromString;
  /** @type {typeof parse} */
  DOMParser.prototype.parseFromString = function (text, type) {
    const parsed = parse.call(this, text, type);
    if (site && parsed.documentElement.localName === "urlset") {
      for (const page of parsed.getElementsByTagName("loc")) {
        const address = page.textContent || "";
        if (address.startsWith(site)) page.textContent = new URL(address.slice(site.length), home).href;
      }
    }
    return parsed;
  };

  // Material asks for the search index at once. Here that waits until the search is opened, or words are to be looked for
  // or marked (`q` and `h` in the address). From the file system it waits by itself.
  const opened = new Promise((open) => {
    if (/[?&][hq]=/.test(location.search)) open(null);
    // Whichever way it is opened, its field has the focus then.
    addEventListener("focusin", (event) => /** @type {Element} */ (event.target).closest(".md-search") && open(null));
  });
  const request = XMLHttpRequest.prototype;
  const { open, send } = request;
  request.open = function (/** @type {any[]} */ ...given) {
    if (/search_index\.json$/.test(given[1])) this.send = () => opened.then(() => send.call(this));
    open.apply(this, /** @type {any} */ (given));
  };

  // Read straight from the file system, search included. Browsers show a list of files for the address of a folder, and
  // refuse workers: a link is led to the index.html of its folder, and the search worker runs in a hidden frame. Material
  // then takes the index from search_index.js.
  if (location.protocol !== "file:") return;

  /** Before the browser reads the address: to show it, to open it, in a new tab too. @param {Event} event */
  function lead(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link) return;
    const address = new URL(link.getAttribute("href") || "", document.baseURI);
    if (address.protocol !== "file:" || !address.pathname.endsWith("/")) return;
    address.pathname += "index.html";
    link.setAttribute("href", address.href);
  }
  for (const moment of ["pointerover", "focusin", "contextmenu", "click"]) addEventListener(moment, lead, true);

  /** As much of a Worker as Material's search asks for. */
  class FrameWorker extends EventTarget {
    /** @param {string} address of the script */
    constructor(address) {
      super();
      this.address = new URL(address, document.baseURI);
      const frame = document.createElement("iframe");
      frame.hidden = true;
      this.frame = frame;
      /** @type {Promise<unknown>} */
      this.loading = new Promise((loaded) => (frame.onload = loaded)).then(() => {
        const inside = /** @type {any} */ (frame.contentWindow);
        inside.postMessage = (/** @type {unknown} */ data) => this.dispatchEvent(new MessageEvent("message", { data }));
        inside.importScripts = (/** @type {string[]} */ ...addresses) => {
          for (const one of addresses) this.loading = this.loading.then(() => this.load(new URL(one, this.address)));
          return this.loading;
        };
        return this.load(this.address);
      });
      document.body.append(frame);
    }

    /** @param {URL} address */
    load(address) {
      const inside = /** @type {Document} */ (this.frame.contentDocument);
      const script = inside.createElement("script");
      script.src = address.href;
      return new Promise((loaded, failed) => {
        script.onload = loaded;
        script.onerror = failed;
        // First in its document: Material finds its word lists beside the first script there.
        inside.head.prepend(script);
      });
    }

    /** @param {unknown} data */
    async postMessage(data) {
      // A script that was loaded may have asked for another one.
      for (let seen = null; seen !== this.loading; await seen) seen = this.loading;
      this.frame.contentWindow?.dispatchEvent(new MessageEvent("message", { data }));
    }
  }

  // The second name tells Material's worker that it runs in a frame.
  Object.assign(window, { Worker: FrameWorker, IFrameWorker: FrameWorker });
})();
