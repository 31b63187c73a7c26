/**
 * "My plan": what a reader ticked, noted and chose, on one page.
 */

/** The page. */
class GuidePlan extends Connected {
  /** @type {GuidePages} */
  guide = { title: "", lessons: [], checklists: [], messages: [] };
  parts = make("div");

  /** @param {AbortSignal} signal */
  connected(signal) {
    const data = one(this, "template", HTMLTemplateElement);
    this.guide = /** @type {GuidePages} */ (JSON.parse(data.content.textContent ?? ""));
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
      "Nothing here yet. Tick an item of a checklist, write a note in a lesson, or start a named run: it all comes together on this page, and stays on this device.",
    );
    this.parts.replaceChildren(...trouble, ...(parts.length ? [this.summary(), ...parts] : [empty]));
  }

  summary() {
    const counts = [...store.counts()].map(([kind, number]) => countedKind(kind, number));
    return make("p", { class: "guide-quiet" }, `Kept on this device only: ${counts.join(", ")}.`);
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
      content.push(make("p", {}, "Complete: ", ...links, "."));
    }
    return this.section("plan-open", "Open items", content);
  }

  /** @param {Started} one */
  listLink({ list, run, name }) {
    return makeLink(list.url + (run ? `#run-${run}` : ""), name ? `${name} (${list.title})` : list.title);
  }

  /** @param {Started} begun */
  openList(begun) {
    const { list, run } = begun;
    const rows = openItems(begun).map(([item, text]) => {
      const id = `plan-${run || list.id}-${item}`;
      const box = make("input", { type: "checkbox", id, autocomplete: "off", "data-key": tickKey(list.id, item, run) });
      box.addEventListener("change", () => {
        store.change({ [tickKey(list.id, item, run)]: box.checked ? "done" : null });
        say(`${inWords(startedProgress(begun))} done.`);
      });
      return make("li", { class: "guide-item" }, box, make("label", { for: id }, text));
    });
    const count = make("span", { class: "guide-quiet", "data-list": list.id, "data-run": run });
    count.textContent = `${inWords(startedProgress(begun))} done`;
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
    for (const count of all(this, "[data-list]", HTMLElement)) {
      const list = this.guide.checklists.find(({ id }) => id === count.dataset.list);
      if (list) count.textContent = `${inWords(startedProgress({ list, run: count.dataset.run ?? "" }))} done`;
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
            "aria-label": `Remove: ${message.title}`,
            click: () => this.undoable(`Removed: ${message.title}.`, store.unfollow(message.id)),
          },
          "Remove",
        ),
      ),
    );
    return this.section("plan-follow-ups", "Follow-ups", rows.length ? [make("ul", { class: "guide-plan__rows" }, ...rows)] : []);
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
      box.append(make("p", { class: "guide-quiet" }, "This question is no longer in the guide. Your note stays."));
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
    if (gone.length) content.push(make("div", {}, make("h3", {}, "From lessons that are gone"), ...gone.map(([key, note]) => lost(key, note))));
    return this.section("plan-notes", "Notes", content);
  }

  lessons() {
    const rows = this.guide.lessons.flatMap((lesson) => {
      /** @type {keyof typeof STATES | undefined} */
      const state = store.get(`lesson/${lesson.id}`);
      if (!state) return [];
      const mark = make("span", { class: `guide-mark${state === "done" ? " guide-mark--done" : ""}` }, STATES[state]);
      return [make("li", {}, makeLink(lesson.url, lesson.title), " ", mark)];
    });
    return this.section("plan-lessons", "Lessons", rows.length ? [make("ul", { class: "guide-plan__rows" }, ...rows)] : []);
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
