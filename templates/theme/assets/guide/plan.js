/**
 * "My plan": what a reader ticked, noted and chose, on one page.
 */

/** The page. */
class GuidePlan extends Connected {
  /** @type {GuidePages} */
  guide = { title: "", words: {}, lessons: [], checklists: [], messages: [] };
  /** @param {AbortSignal} signal */
  connected(signal) {
    const { content } = one(this, "template", HTMLTemplateElement);
    this.guide = /** @type {GuidePages} */ (JSON.parse(content.textContent ?? ""));
    // What is said here alone comes with the page, and not with the script of all pages.
    Object.assign(WORDS, this.guide.words);
    takeAlong(one(this, ".guide-plan__files"), this.guide, signal);
    forgetting(one(this, ".guide-plan__forget"), () => this.show(), signal);
    this.show();
    store.addEventListener("change", () => this.changed(), { signal });
  }

  /** What each open box and each count does to show what the store says. @type {(() => void)[]} */
  inPlace = [];

  get parts() {
    return one(this, ".guide-plan__parts");
  }

  /** Show everything anew, unless the reader is at work here: nothing may jump away under their hands. */
  changed() {
    if (this.parts.contains(document.activeElement)) this.showTicks();
    else this.show();
  }

  show() {
    this.inPlace = [];
    const parts = [this.open(), this.followUps(), this.notes(), this.lessons()].filter((part) => part !== null);
    const trouble = store.trouble ? [make("p", { class: "guide-trouble" }, troubleText())] : [];
    const empty = make("p", {}, t("plan.empty"));
    this.parts.replaceChildren(...trouble, ...(parts.length ? [this.summary(), ...parts] : [empty]));
    this.showTicks();
  }

  summary() {
    return make("p", { class: "guide-quiet" }, t("plan.kept", { what: keptInWords() }));
  }

  /**
   * @param {string} id
   * @param {string} title
   * @param {Node[]} content
   */
  section(id, title, content) {
    const heading = make("h2", { id }, title);
    return content.length ? make("section", { "aria-labelledby": id }, heading, ...content) : null;
  }

  /**
   * @param {string} id
   * @param {string} title
   * @param {Node[]} rows
   */
  rows(id, title, rows) {
    return this.section(id, title, rows.length ? [make("ul", { class: "guide-plan__rows" }, ...rows)] : []);
  }

  // ---- open items ------------------------------------------------------------------------------------------------

  open() {
    const begun = started(this.guide);
    const finished = begun.filter((each) => !openItems(each).length);
    const content = begun.filter((each) => openItems(each).length).map((each) => this.openList(each));
    if (finished.length) {
      const links = finished.flatMap((each, index) => [...(index ? ["; "] : []), this.listLink(each)]);
      content.push(make("p", {}, t("plan.complete"), " ", ...links, "."));
    }
    return this.section("plan-open", t("plan.open"), content);
  }

  /** @param {Started} one */
  listLink({ list, run, name }) {
    return makeLink(list.url + (run ? `#run-${run}` : ""), name ? t("run_of_list", { name, list: list.title }) : list.title);
  }

  /** @param {Started} begun */
  openList(begun) {
    const { list, run } = begun;
    const count = make("span", { class: "guide-quiet" });
    this.inPlace.push(() => (count.textContent = t("list_done", { done: inWords(startedProgress(begun)) })));
    const rows = openItems(begun).map(([item, text]) => {
      const id = `plan-${run || list.id}-${item}`;
      const key = tickKey(list.id, item, run);
      const box = make("input", { type: "checkbox", id, autocomplete: "off" });
      this.inPlace.push(() => (box.checked = store.get(key) === "done"));
      box.addEventListener("change", () => {
        store.change({ [key]: box.checked ? "done" : null });
        say(t("list_said", { done: inWords(startedProgress(begun)) }));
      });
      return make("li", { class: "guide-item" }, box, make("label", { for: id }, text));
    });
    return make(
      "div",
      { class: "guide-plan__list" },
      make("h3", {}, this.listLink(begun), " ", count),
      make("ul", { class: "guide-checklist" }, ...rows),
    );
  }

  /** Bring the boxes and counts that are shown up to date, in their places. */
  showTicks() {
    for (const show of this.inPlace) show();
  }

  // ---- follow-ups, notes, lessons --------------------------------------------------------------------------------

  followUps() {
    const rows = followed(this.guide).map(({ id, title, url, send }) => {
      const remove = makeButton(t("plan.remove"), () => this.undoable(t("plan.removed", { title }), store.unfollow(id)));
      remove.setAttribute("aria-label", t("plan.remove_message", { title }));
      return make(
        "li",
        {},
        makeLink(url, title),
        " ",
        make("span", { class: "guide-quiet" }, send),
        " ",
        remove,
      );
    });
    return this.rows("plan-follow-ups", t("plan.follow_ups"), rows);
  }

  notes() {
    const { known, gone } = notesByLesson(this.guide);
    const field = (/** @type {Record<string, string>} */ data, /** @type {string} */ question) => {
      const note = make(/** @type {"div"} */ ("guide-note"), { "data-question": question });
      Object.assign(note.dataset, data);
      return make("div", { class: "guide-plan__note" }, make("p", { class: "guide-plan__question" }, question), note);
    };
    const lost = (/** @type {string} */ key, /** @type {Note} */ note) => {
      const box = field({ key, lesson: key.split("/")[1], part: note.part }, note.question);
      box.append(make("p", { class: "guide-quiet" }, t("plan.note_lost")));
      return box;
    };
    const content = known.map(({ lesson, keys, lost: left }) =>
      make(
        "div",
        {},
        make("h3", {}, makeLink(lesson.url, lesson.title)),
        ...lesson.questions
          .filter((question) => keys.has(question))
          .map((question) => {
            const part = store.get(keys.get(question) ?? "")?.part ?? "";
            return field({ lesson: lesson.id, part, questions: JSON.stringify(lesson.questions) }, question);
          }),
        ...[...left].map(([key, note]) => lost(key, note)),
      ),
    );
    if (gone.length) content.push(make("div", {}, make("h3", {}, t("plan.lessons_gone")), ...gone.map(([key, note]) => lost(key, note))));
    return this.section("plan-notes", t("plan.notes"), content);
  }

  lessons() {
    const rows = begunLessons(this.guide).map(({ id, title, url }) => {
      const mark = make(/** @type {"span"} */ ("guide-mark"), { class: "guide-mark", "data-lesson": id });
      return make("li", {}, makeLink(url, title), " ", mark);
    });
    return this.rows("plan-lessons", t("plan.lessons"), rows);
  }

  /**
   * Show the page after a change, with a way back.
   * @param {string} text
   * @param {() => void} undo
   */
  undoable(text, undo) {
    const place = make("p", { class: "guide-undo" });
    this.show();
    this.parts.prepend(place);
    offerUndo(
      place,
      text,
      () => {
        undo();
        this.show();
      },
      () => this.heading(),
    );
  }

  /** The page's heading, made ready for the focus. */
  heading() {
    const heading = this.closest("article")?.querySelector("h1") ?? null;
    heading?.setAttribute("tabindex", "-1");
    return heading;
  }
}

define("guide-plan", GuidePlan);
