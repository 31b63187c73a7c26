/**
 * Lessons that remember whether they were opened, read or done.
 */

/** @typedef {"open" | "read" | "done"} LessonState */

/** At the end of a lesson: mark it as done; being here means that it was read. */
class GuideLesson extends Connected {
  /** @param {AbortSignal} signal */
  connected(signal) {
    const key = `lesson/${this.lesson}`;
    this.button = makeButton("", () => this.toggle(), "main");
    this.state = make("span", { class: "guide-done__state" });
    this.replaceChildren(this.state, " ", this.button);
    this.hidden = false;
    super.connected(signal);
    /** @type {Record<string, unknown>} */
    const changes = {};
    if (!store.get(key)) changes[key] = "open";
    if (store.get("place")?.lesson !== this.lesson) changes.place = { lesson: this.lesson, part: "" };
    if (Object.keys(changes).length) store.change(changes, true);
    this.watch(signal);
  }

  get lesson() {
    return this.dataset.lesson ?? "";
  }

  /** @param {AbortSignal} signal */
  watch(signal) {
    const seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        if (target !== this) this.reached(target.id);
        else if (store.get(`lesson/${this.lesson}`) === "open") store.change({ [`lesson/${this.lesson}`]: "read" }, true);
      }
    });
    seen.observe(this);
    for (const heading of this.closest("article")?.querySelectorAll("h2[id]") ?? []) seen.observe(heading);
    signal.addEventListener("abort", () => seen.disconnect());
  }

  /** @param {string} part */
  reached(part) {
    if (store.get("place")?.part !== part) store.change({ place: { lesson: this.lesson, part } }, true);
  }

  show() {
    const done = store.get(`lesson/${this.lesson}`) === "done";
    if (this.button) this.button.textContent = t(done ? "lesson_unmark" : "lesson_mark");
    if (this.state) this.state.textContent = done ? t("lesson_done") : "";
    this.classList.toggle("guide-done--done", done);
  }

  toggle() {
    const done = store.get(`lesson/${this.lesson}`) === "done";
    store.change({ [`lesson/${this.lesson}`]: done ? "read" : "done" });
    say(t(done ? "lesson_unmarked" : "lesson_marked"));
  }
}

/** Beside a lesson's link: its state. */
class GuideMark extends Connected {
  show() {
    /** @type {LessonState | undefined} */
    const state = store.get(`lesson/${this.dataset.lesson}`);
    this.hidden = !state;
    this.textContent = state ? t(`state_${state}`) : "";
    this.classList.toggle("guide-mark--done", state === "done");
  }
}

define("guide-lesson", GuideLesson);
define("guide-mark", GuideMark);
