/**
 * On the cards of checklists: how far each is, and all of them together.
 */

/** On a card: how far the list is, and how many runs it has. */
class GuideProgress extends Connected {
  /** @param {AbortSignal} signal */
  connected(signal) {
    this.show();
    store.addEventListener("change", () => this.show(), { signal });
  }

  show() {
    const list = this.dataset.checklist ?? "";
    const now = progress(list, idsIn(this.dataset.items ?? ""), "");
    const runs = runsOf(list).filter(([, run]) => !run.archived).length;
    const parts = [
      ...(now.started ? [t("list_done", { done: inWords(now) })] : []),
      ...(runs ? [t("runs", { n: runs })] : []),
    ];
    this.hidden = parts.length === 0;
    this.classList.toggle("guide-mark--done", now.started && now.done === now.total);
    this.textContent = parts.join(", ");
  }
}

/** Above the cards: how far all lists together are. */
class GuideOverall extends Connected {
  /** @param {AbortSignal} signal */
  connected(signal) {
    this.show();
    store.addEventListener("change", () => this.show(), { signal });
  }

  show() {
    const cards = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("guide-progress"));
    const all = [...cards].map((card) => progress(card.dataset.checklist ?? "", idsIn(card.dataset.items ?? ""), ""));
    const started = all.filter((one) => one.started);
    const finished = started.filter((one) => one.done === one.total).length;
    const ticked = started.reduce((sum, one) => sum + one.done, 0);
    this.hidden = started.length === 0;
    const complete = finished ? ` ${t("overall_complete", { n: finished })}` : "";
    this.textContent = t("overall", { items: t("overall_items", { n: ticked }), lists: t("overall_lists", { n: started.length }) }) + complete;
  }
}

define("guide-progress", GuideProgress);
define("guide-overall", GuideOverall);
