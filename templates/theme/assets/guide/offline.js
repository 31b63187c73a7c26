/**
 * What the pages say of the copy of the guide on this device, and when it is fetched.
 */

/** The line in the foot of every page, or with `data-full` all that can be said and done about it. */
class GuideOffline extends Connected {
  /** @param {AbortSignal} signal */
  connected(signal) {
    this.show();
    copyChanges.addEventListener("change", () => this.show(), { signal });
  }

  show() {
    const kept = copyState === "kept" || copyState === "behind";
    if (this.dataset.full === undefined) {
      this.replaceChildren(...(kept ? [COPY_KEPT, " ", make("a", { href: this.dataset.more ?? "" }, t("offline_more"))] : []));
      return;
    }
    // What the reader has just pressed may be gone; what it did stands in its place.
    const held = this.contains(document.activeElement);
    this.replaceChildren(...(copyState === "impossible" ? [] : this.told(kept)));
    if (held) this.querySelector("h2")?.focus();
  }

  /** @param {boolean} kept */
  told(kept) {
    const heading = make("h2", { tabindex: "-1" }, t("plan.offline"));
    if (copyState === "fetching") return [heading, make("p", {}, t("plan.offline_fetching"))];
    if (!kept) {
      const words = t("plan.offline_can");
      return [heading, make("p", {}, words), this.button(t("plan.offline_keep", { size: inMegabytes(COPY_SIZE) }), this.keep)];
    }
    const newer = t("plan.offline_behind");
    const paper = PAPER_SIZE
      ? [
          make("p", {}, t("plan.offline_paper")),
          this.button(t("plan.offline_keep_all", { size: inMegabytes(PAPER_SIZE) }), this.keepPaper),
        ]
      : [];
    return [
      heading,
      make("p", {}, `${COPY_KEPT} ${t("plan.offline_takes", { size: inMegabytes(COPY_SIZE) })}`),
      ...(copyState === "behind" ? [make("p", {}, newer)] : []),
      ...paper,
      this.button(t("plan.offline_remove"), removeCopy),
    ];
  }

  /**
   * @param {string} name
   * @param {(this: GuideOffline, button: HTMLButtonElement) => unknown} press
   */
  button(name, press) {
    const button = makeButton(name, () => press.call(this, button));
    return make("p", {}, button);
  }

  keep() {
    rememberNoCopy(null);
    return keepCopy();
  }

  /** The worker keeps what it is asked for. @param {HTMLButtonElement} button */
  async keepPaper(button) {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    try {
      const manifest = await (await fetch(new URL("edition.json", siteRoot))).json();
      let left = Object.keys(manifest.downloads);
      const count = left.length;
      for (const path of left) {
        const address = new URL(path.split("/").map(encodeURIComponent).join("/"), siteRoot);
        if (!(await fetch(address)).ok) throw new Error(path);
        left = left.slice(1);
        button.textContent = t("plan.offline_keeping", { done: count - left.length, total: count });
      }
      button.textContent = t("plan.offline_kept_all");
      say(t("plan.offline_kept_all_said"));
    } catch {
      button.removeAttribute("aria-disabled");
      button.textContent = t("plan.offline_failed");
      say(t("plan.offline_failed_said"));
    }
  }
}
define("guide-offline", GuideOffline);

async function startCopy() {
  const connection = /** @type {any} */ (navigator).connection;
  const asks = noCopyWanted() || COPY_SIZE > LARGEST_UNASKED || connection?.saveData;
  if (!asks || (await ownRegistration())) await keepCopy();
  else setCopyState("none");
}

// When the page has been read in and the browser has nothing else to do.
function startSoon() {
  if ("requestIdleCallback" in window) requestIdleCallback(() => startCopy(), { timeout: 10000 });
  else setTimeout(startCopy, 2000);
}
if (workers && document.readyState === "complete") startSoon();
else if (workers) addEventListener("load", startSoon, { once: true });
