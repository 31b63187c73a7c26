/**
 * The home page leads back to where the reader was.
 */

/** On the home page: the way back to where the reader was. It reads the lessons from the marks on the page. */
class GuideContinue extends Connected {
  show() {
    const marks = all(document, "guide-mark[data-lesson]");
    const ids = marks.map((mark) => mark.dataset.lesson ?? "");
    const place = store.get("place");
    const at = ids.indexOf(place?.lesson);
    this.hidden = at < 0;
    if (at < 0) return;
    const isDone = (/** @type {string} */ id) => store.get(`lesson/${id}`) === "done";
    const done = ids.filter(isDone).length;
    // Where the last one is done, the next that is not, once around.
    const next = isDone(ids[at]) ? [...ids.keys()].map((step) => (at + step) % ids.length).find((step) => !isDone(ids[step])) : at;
    const plan = make("a", { href: this.dataset.plan ?? "" }, t("my_plan"));
    const count = t("continue_count", { done, n: ids.length });
    if (next === undefined) {
      this.fill(t("continue_all"), [make("p", { class: "guide-quiet" }, `${count}. `, plan)]);
      return;
    }
    const link = marks[next].closest("li")?.querySelector("a");
    const part = next === at && place.part ? `#${place.part}` : "";
    const lead = make("a", { class: "guide-continue__link", href: `${link?.href ?? ""}${part}` }, link?.textContent ?? "");
    this.fill(t(next === at ? "continue_here" : "continue_next"), [
      make("p", {}, lead),
      make("p", { class: "guide-quiet" }, `${count}. `, plan),
    ]);
  }

  /**
   * @param {string} title
   * @param {Node[]} content
   */
  fill(title, content) {
    this.replaceChildren(make("p", { class: "guide-continue__title" }, title), ...content);
  }
}

define("guide-continue", GuideContinue);
