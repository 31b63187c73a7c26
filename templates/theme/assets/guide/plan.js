/**
 * "My plan": what a reader ticked, noted and chose, on one page.
 */

/** The page. */
class GuidePlan extends Connected {
  /** @type {GuidePages} */
  guide = { title: "", words: {}, lessons: [], checklists: [], messages: [] };
  parts = make("div");

  /** @param {AbortSignal} signal */
  connected(signal) {
    const data = one(this, "template", HTMLTemplateElement);
    this.guide = /** @type {GuidePages} */ (JSON.parse(data.content.textContent ?? ""));
    // What is said here alone comes with the page, and not with the script of all pages.
    Object.assign(WORDS, this.guide.words);
    this.replaceChildren(
      data,
      this.parts,
      takeAlong(this.guide),
      forgetting(() => this.show()),
    );
    this.show();
    store.addEventListener("change", () => this.changed(), { signal });
  }

  /** Show everything anew, unless the reader is at work here: nothing may jump away under their hands. */
  changed() {
    if (this.parts.contains(document.activeElement)) this.showTicks();
    else this.show();
  }

  show() {
    const parts = [this.open(), this.followUps(), this.notes(), this.lessons()].filter((part) => part !== null);
    const trouble = store.trouble ? [make("p", { class: "guide-trouble" }, troubleText())] : [];
    const empty = make(
      "p",
      {},
      t("plan.empty"),
    );
    this.parts.replaceChildren(...trouble, ...(parts.length ? [this.summary(), ...parts] : [empty]));
  }

  summary() {
    const counts = [...store.counts()].map(([kind, number]) => countedKind(kind, number));
    return make("p", { class: "guide-quiet" }, t("plan.kept", { what: counts.join(", ") }));
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
    const rows = openItems(begun).map(([item, text]) => {
      const id = `plan-${run || list.id}-${item}`;
      const box = make("input", { type: "checkbox", id, autocomplete: "off", "data-key": tickKey(list.id, item, run) });
      box.addEventListener("change", () => {
        store.change({ [tickKey(list.id, item, run)]: box.checked ? "done" : null });
        say(t("list_said", { done: inWords(startedProgress(begun)) }));
      });
      return make("li", { class: "guide-item" }, box, make("label", { for: id }, text));
    });
    const count = make("span", { class: "guide-quiet", "data-list": list.id, "data-run": run });
    count.textContent = t("list_done", { done: inWords(startedProgress(begun)) });
    return make(
      "div",
      { class: "guide-plan__list" },
      make("h3", {}, this.listLink(begun), " ", count),
      make("ul", { class: "guide-checklist" }, ...rows),
    );
  }

  /** Bring the boxes that are shown up to date, in their places. */
  showTicks() {
    for (const box of all(this, "input[data-key]", HTMLInputElement)) {
      box.checked = store.get(box.dataset.key ?? "") === "done";
    }
    for (const count of all(this, "[data-list]")) {
      const list = this.guide.checklists.find(({ id }) => id === count.dataset.list);
      if (list) count.textContent = t("list_done", { done: inWords(startedProgress({ list, run: count.dataset.run ?? "" })) });
    }
  }

  // ---- follow-ups, notes, lessons --------------------------------------------------------------------------------

  followUps() {
    const rows = followed(this.guide).map((message) =>
      make(
        "li",
        {},
        makeLink(message.url, message.title),
        " ",
        make("span", { class: "guide-quiet" }, message.send),
        " ",
        make(
          "button",
          {
            type: "button",
            class: "guide-button",
            "aria-label": t("plan.remove_message", { title: message.title }),
            click: () => this.undoable(t("plan.removed", { title: message.title }), store.unfollow(message.id)),
          },
          t("plan.remove"),
        ),
      ),
    );
    return this.section("plan-follow-ups", t("plan.follow_ups"), rows.length ? [make("ul", { class: "guide-plan__rows" }, ...rows)] : []);
  }

  notes() {
    const { known, gone } = notesByLesson(this.guide);
    const field = (/** @type {Record<string, string>} */ data, /** @type {string} */ question) => {
      const note = make(/** @type {"div"} */ ("guide-note"), { "data-question": question });
      for (const [name, value] of Object.entries(data)) note.dataset[name] = value;
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
    const rows = this.guide.lessons.flatMap((lesson) => {
      /** @type {LessonState | undefined} */
      const state = store.get(`lesson/${lesson.id}`);
      if (!state) return [];
      const mark = make("span", { class: `guide-mark${state === "done" ? " guide-mark--done" : ""}` }, t(`state_${state}`));
      return [make("li", {}, makeLink(lesson.url, lesson.title), " ", mark)];
    });
    return this.section("plan-lessons", t("plan.lessons"), rows.length ? [make("ul", { class: "guide-plan__rows" }, ...rows)] : []);
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
