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
    const { all: everything = "", here = "", next: onward = "", count = "" } = this.dataset;
    one(this, "span").textContent = t(JSON.parse(count), { done, n: ids.length });
    one(this, ".guide-continue__title").textContent = next === undefined ? everything : next === at ? here : onward;
    const lead = one(this, "a", HTMLAnchorElement);
    lead.parentElement?.toggleAttribute("hidden", next === undefined);
    if (next === undefined) return;
    const link = marks[next].closest("li")?.querySelector("a");
    lead.href = `${link?.href ?? ""}${next === at && place.part ? "#" + place.part : ""}`;
    lead.textContent = link?.textContent ?? "";
  }
}

define("guide-continue", GuideContinue);
