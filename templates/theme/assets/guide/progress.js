/**
 * On the cards of checklists: how far each is, and all of them together.
 */

/** How far the list of a card is. @param {HTMLElement} card */
const cardProgress = ({ dataset: { checklist = "", items = "" } }) => progress(checklist, idsIn(items), "");

/** On a card: how far the list is, and how many runs it has. */
class GuideProgress extends Connected {
  show() {
    const now = cardProgress(this);
    const runs = runsOf(this.dataset.checklist ?? "").filter(([, run]) => !run.archived).length;
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
  show() {
    const started = all(document, "guide-progress").map(cardProgress).filter((one) => one.started);
    const finished = started.filter((one) => one.done === one.total).length;
    const ticked = started.reduce((sum, one) => sum + one.done, 0);
    this.hidden = started.length === 0;
    const words = JSON.parse(this.dataset.words ?? "");
    const [items, lists] = [t(words.items, { n: ticked }), t(words.lists, { n: started.length })];
    this.textContent = t(words.overall, { items, lists }) + (finished ? " " + t(words.complete, { n: finished }) : "");
  }
}

define("guide-progress", GuideProgress);
define("guide-overall", GuideOverall);
