/**
 * "My plan": what a reader ticked, noted and chose, on one page; taken along as a file, brought back, forgotten.
 */
(() => {
  const { store, say, make, define, counted, countedKind, offerUndo, Connected, LARGEST_FILE } = coachingGuide;
  const { tickKey, progress, runsOf, inWords } = guideLists;
  const { notesOf, STATES } = guideNotes;

  /** @typedef {{ id: string, title: string, url: string }} Place */
  /** @typedef {Place & { questions: string[] }} Lesson */
  /** @typedef {Place & { items: [string, string][] }} Checklist */
  /** @typedef {Place & { send: string }} Message */
  /** @typedef {{ title: string, lessons: Lesson[], checklists: Checklist[], messages: Message[] }} Guide */
  /** @typedef {{ list: Checklist, run: string, name: string }} Started */

  /** A button. @type {(name: string, click: (event: MouseEvent) => void, main?: boolean) => HTMLButtonElement} */
  const button = (name, click, main = false) =>
    make("button", { type: "button", class: `guide-button${main ? " guide-button--main" : ""}`, click }, name);

  /** A link to a page; absolute, because the page's own address may have changed by the time it is followed. */
  const link = (/** @type {string} */ url, /** @type {string} */ text) =>
    make("a", { href: new URL(url, document.baseURI).href }, text);

  /**
   * Offer a text as a file.
   * @param {string} name
   * @param {string} type
   * @param {string} text
   */
  function download(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  /** A text of the reader as one that Markdown leaves alone. @param {string} text */
  const plain = (text) => text.replace(/([\\`*_[\]<>#])/g, "\\$1");

  class GuidePlan extends Connected {
    /** @type {Guide | undefined} */
    guide;

    /** @param {AbortSignal} signal */
    connected(signal) {
      const data = /** @type {HTMLTemplateElement | null} */ (this.querySelector("template"));
      this.guide ??= /** @type {Guide} */ (JSON.parse(data?.content.textContent ?? "{}"));
      /** Keys that a control of this page has just changed: the page shows them already. */
      this.busy = false;
      this.parts = make("div", {});
      this.replaceChildren(...(data ? [data] : []), this.parts, this.files(), this.forgetting());
      this.show();
      store.addEventListener("change", () => this.changed(), { signal });
    }

    /** Show everything anew, unless the reader is at work here: nothing may jump away under their hands. */
    changed() {
      const here = document.activeElement;
      if (here instanceof HTMLElement && this.parts?.contains(here) && !this.busy) this.showTicks();
      else this.show();
    }

    show() {
      const parts = [this.open(), this.followUps(), this.notes(), this.lessons()].filter((part) => part !== null);
      const trouble = store.troubleText ? [make("p", { class: "guide-trouble" }, store.troubleText)] : [];
      const empty = make(
        "p",
        {},
        "Nothing here yet. Tick an item of a checklist, write a note in a lesson, or start a named run: it all comes together on this page, and stays on this device.",
      );
      this.parts?.replaceChildren(...trouble, ...(parts.length ? [this.summary(), ...parts] : [empty]));
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

    /** The lists and runs that were begun, archived ones left out. */
    started() {
      /** @type {Started[]} */
      const found = [];
      for (const list of this.guide?.checklists ?? []) {
        if (progress(list.id, ids(list), "").started) found.push({ list, run: "", name: "" });
        for (const [run, { name, archived }] of runsOf(list.id)) if (!archived) found.push({ list, run, name });
      }
      return found;
    }

    /** @param {Started} started */
    openItems({ list, run }) {
      return list.items.filter(([item]) => !store.get(tickKey(list.id, item, run)));
    }

    open() {
      const started = this.started();
      const unfinished = started.filter((one) => this.openItems(one).length);
      const finished = started.filter((one) => !this.openItems(one).length);
      const content = unfinished.map((one) => this.openList(one));
      if (finished.length) {
        const done = finished.flatMap((one, index) => [...(index ? ["; "] : []), this.listLink(one)]);
        content.push(make("p", {}, "Complete: ", ...done, "."));
      }
      return this.section("plan-open", "Open items", content);
    }

    /** @param {Started} one */
    listLink({ list, run, name }) {
      return link(list.url + (run ? `#run-${run}` : ""), name ? `${name} (${list.title})` : list.title);
    }

    /** @param {Started} one */
    openList(one) {
      const { list, run } = one;
      const rows = this.openItems(one).map(([item, text]) => {
        const id = `plan-${run || list.id}-${item}`;
        const box = make("input", { type: "checkbox", id, autocomplete: "off", "data-key": tickKey(list.id, item, run) });
        box.addEventListener("change", () => {
          store.change({ [tickKey(list.id, item, run)]: box.checked ? "done" : null });
          say(`${inWords(progress(list.id, ids(list), run))} done.`);
        });
        return make("li", { class: "guide-item" }, box, make("label", { for: id }, text));
      });
      const count = make("span", { class: "guide-quiet", "data-list": list.id, "data-run": run });
      count.textContent = `${inWords(progress(list.id, ids(list), run))} done`;
      return make(
        "div",
        { class: "guide-plan__list" },
        make("h3", {}, this.listLink(one), " ", count),
        make("ul", { class: "guide-checklist" }, ...rows),
      );
    }

    /** Bring the boxes that are shown up to date, in their places. */
    showTicks() {
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("input[data-key]"))) {
        box.checked = store.get(box.dataset.key ?? "") === "done";
      }
      for (const count of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-list]"))) {
        const list = this.guide?.checklists.find((one) => one.id === count.dataset.list);
        if (list) count.textContent = `${inWords(progress(list.id, ids(list), count.dataset.run ?? ""))} done`;
      }
    }

    // ---- follow-ups, notes, lessons --------------------------------------------------------------------------------

    followed() {
      return store.all("follow/").flatMap(([key]) => {
        const id = key.slice("follow/".length);
        const message = this.guide?.messages.find((one) => one.id === id);
        return message ? [message] : [];
      });
    }

    followUps() {
      const rows = this.followed().map((message) =>
        make(
          "li",
          {},
          link(message.url, message.title),
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

    /** Notes by lesson, in the order of the guide; then those whose lesson is gone. */
    notesByLesson() {
      const known = (this.guide?.lessons ?? []).map((lesson) => ({ lesson, ...notesOf(lesson.id, lesson.questions) }));
      const gone = store.all("note/").filter(([key]) => !known.some(({ lesson }) => lesson.id === key.split("/")[1]));
      return { known: known.filter(({ keys, lost }) => keys.size + lost.size), gone };
    }

    notes() {
      const { known, gone } = this.notesByLesson();
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
          make("h3", {}, link(lesson.url, lesson.title)),
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
      const rows = (this.guide?.lessons ?? []).flatMap((lesson) => {
        /** @type {keyof typeof STATES | undefined} */
        const state = store.get(`lesson/${lesson.id}`);
        if (!state) return [];
        const mark = make("span", { class: `guide-mark${state === "done" ? " guide-mark--done" : ""}` }, STATES[state]);
        return [make("li", {}, link(lesson.url, lesson.title), " ", mark)];
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
      this.parts?.prepend(place);
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

    // ---- files -----------------------------------------------------------------------------------------------------

    /** @param {string} ending */
    fileName(ending) {
      return `${store.id}-plan-${new Date().toISOString().slice(0, 10)}.${ending}`;
    }

    /** The plan as Markdown. */
    markdown() {
      const lines = [`# My plan: ${plain(this.guide?.title ?? "")}`];
      const started = this.started();
      if (started.length) lines.push("", "## Checklists");
      for (const { list, run, name } of started) {
        const at = progress(list.id, ids(list), run);
        lines.push("", `### ${plain(name ? `${name} (${list.title})` : list.title)}: ${inWords(at)}`, "");
        for (const [item, text] of list.items) {
          const value = store.get(tickKey(list.id, item, run));
          lines.push(`- [${value === "done" ? "x" : " "}] ${plain(text)}${value === "skip" ? " (not for me)" : ""}`);
        }
      }
      const messages = this.followed();
      if (messages.length) lines.push("", "## Follow-ups", "");
      for (const message of messages) lines.push(`- ${plain(message.title)} (${plain(message.send)})`);
      const { known, gone } = this.notesByLesson();
      if (known.length + gone.length) lines.push("", "## Notes");
      const written = (/** @type {string} */ question, /** @type {Note} */ note) => {
        lines.push("", `**${plain(question)}**`, "", ...note.text.split("\n").map((line) => `> ${plain(line)}`.trimEnd()));
      };
      for (const { lesson, keys, lost } of known) {
        lines.push("", `### ${plain(lesson.title)}`);
        for (const question of lesson.questions) {
          const key = keys.get(question);
          if (key) written(question, store.get(key));
        }
        for (const note of lost.values()) written(note.question, note);
      }
      for (const [, note] of gone) written(note.question, note);
      const opened = (this.guide?.lessons ?? []).filter((lesson) => store.get(`lesson/${lesson.id}`));
      if (opened.length) lines.push("", "## Lessons", "");
      for (const { id, title } of opened) {
        lines.push(`- ${plain(title)}: ${STATES[/** @type {keyof typeof STATES} */ (store.get(`lesson/${id}`))].toLowerCase()}`);
      }
      return `${lines.join("\n")}\n`;
    }

    files() {
      const result = make("div", { class: "guide-plan__result" });
      const field = make("input", { type: "file", accept: ".json,application/json", id: "plan-file" });
      field.addEventListener("change", async () => {
        const file = field.files?.[0];
        if (!file) return;
        const text = file.size > LARGEST_FILE ? " ".repeat(LARGEST_FILE + 1) : await file.text().catch(() => "");
        // The same file can be chosen again.
        field.value = "";
        this.offerImport(text, result, field);
      });
      return make(
        "section",
        { class: "guide-plan__files", "aria-labelledby": "plan-files" },
        make("h2", { id: "plan-files" }, "Take it along"),
        make("p", {}, "Keep a copy, or go on with it on another device. The file goes to your downloads and nowhere else."),
        make(
          "p",
          { class: "guide-track__buttons" },
          button("Download as Markdown", () => {
            download(this.fileName("md"), "text/markdown", this.markdown());
            say("The plan is in your downloads.");
          }),
          button("Download as JSON", () => {
            download(this.fileName("json"), "application/json", store.file());
            say("The saved plan is in your downloads.");
          }),
        ),
        make("p", {}, make("label", { for: "plan-file" }, "Bring back a saved plan (JSON)"), " ", field),
        result,
      );
    }

    /**
     * Show what a file would change, and ask.
     * @param {string} text
     * @param {HTMLElement} result
     * @param {HTMLElement} field
     */
    offerImport(text, result, field) {
      const preview = store.preview(text);
      if (typeof preview === "string") {
        result.replaceChildren(make("p", { class: "guide-trouble" }, `${preview} Nothing was changed.`));
        say(`${preview} Nothing was changed.`);
        return;
      }
      const rows = [...preview.kinds].map(([kind, { added, changed, removed, same }]) => {
        const said = [
          ...(added ? [`${added} added`] : []),
          ...(changed ? [`${changed} changed`] : []),
          ...(removed ? [`${removed} removed`] : []),
          ...(same ? [`${same} as here, or older`] : []),
        ];
        return make("li", {}, `${countedKind(kind, added + changed + removed + same)}: ${said.join(", ")}`);
      });
      const close = () => {
        result.replaceChildren();
        field.focus();
      };
      if (preview.entries.size === 0) {
        result.replaceChildren(make("p", {}, "Everything in this file is here already. Nothing was changed."));
        say("Everything in this file is here already. Nothing was changed.");
        return;
      }
      const accept = button(
        "Bring it in",
        () => {
          const undo = store.accept(preview);
          const place = make("p", { class: "guide-undo" });
          result.replaceChildren(place);
          offerUndo(place, "The saved plan is in.", undo, () => field);
        },
        true,
      );
      const strange = preview.strange
        ? [make("p", { class: "guide-quiet" }, `${counted(preview.strange, "entry", "entries")} of another edition stay out.`)]
        : [];
      result.replaceChildren(
        make("p", { class: "guide-plan__asks" }, "This would happen; where both have something, the newer stays:"),
        make("ul", {}, ...rows),
        ...strange,
        make("p", { class: "guide-track__buttons" }, accept, button("Leave it", close)),
      );
      say("The file can be brought in. See what it would change.");
      accept.focus();
    }

    // ---- forgetting ------------------------------------------------------------------------------------------------

    forgetting() {
      const asks = make("div", { class: "guide-plan__result" });
      const ask = button("Forget everything on this device", () => {
        const counts = [...store.counts()].map(([kind, number]) => countedKind(kind, number));
        const keep = () => {
          asks.replaceChildren();
          ask.focus();
        };
        const what = counts.length ? `This removes ${counts.join(", ")}` : "This removes where you were";
        const text = `${what} from this device. It cannot be undone; a file that you downloaded stays.`;
        const sure = button(
          "Yes, forget it all",
          () => {
            store.forget();
            this.show();
            asks.replaceChildren(make("p", {}, "Everything is forgotten."));
            say("Everything is forgotten.");
            ask.focus();
          },
          true,
        );
        asks.replaceChildren(
          make("p", { class: "guide-plan__asks" }, text),
          make("p", { class: "guide-track__buttons" }, sure, button("Keep it", keep)),
        );
        say(text);
        sure.focus();
      });
      return make(
        "section",
        { class: "guide-plan__forget", "aria-labelledby": "plan-forget" },
        make("h2", { id: "plan-forget" }, "On a shared device"),
        make("p", {}, "Others who use this browser can see what stands here."),
        make("p", {}, ask),
        asks,
      );
    }
  }

  /** @param {Checklist} list */
  const ids = (list) => list.items.map(([item]) => item);

  define("guide-plan", GuidePlan);
})();
