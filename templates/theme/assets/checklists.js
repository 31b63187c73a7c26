/**
 * Checklists that remember: ticks, "not for me", progress, named runs. Without it the boxes are plain boxes.
 */
const guideLists = (() => {
  const { store, say, make, define, counted, offerUndo, Connected } = coachingGuide;
  const LONGEST_NAME = 80;

  /**
   * The key of an item's tick, in the list itself or in a run of it.
   * @param {string} list
   * @param {string} item
   * @param {string} run
   */
  const tickKey = (list, item, run) => `tick/${list}/${item}${run ? `/${run}` : ""}`;

  /**
   * How far a list or a run is.
   * @param {string} list
   * @param {string[]} items
   * @param {string} run
   */
  function progress(list, items, run) {
    const values = items.map((item) => store.get(tickKey(list, item, run)));
    const done = values.filter((value) => value === "done").length;
    const skipped = values.filter((value) => value === "skip").length;
    return { done, skipped, total: items.length - skipped, started: done + skipped > 0 };
  }

  /**
   * The runs of a list, in the order in which they were started.
   * @param {string} list
   * @returns {[string, Run][]}
   */
  function runsOf(list) {
    return store
      .all("run/")
      .filter(([, run]) => run.list === list)
      .map(([key, run]) => /** @type {[string, Run]} */ ([key.slice(4), run]))
      .sort((one, other) => one[1].made - other[1].made);
  }

  /** @param {{ done: number, total: number }} progress */
  const inWords = ({ done, total }) => `${done} of ${total}`;

  /** @param {string} list */
  const words = (list) => list.split(" ").filter(Boolean);

  /** The panel above a list, and the boxes of the list. */
  class GuideChecklist extends Connected {
    /** @param {AbortSignal} signal */
    connected(signal) {
      this.list = this.dataset.checklist ?? "";
      this.items = words(this.dataset.items ?? "");
      this.run = store.get(`current/${this.list}`) ?? "";
      /** @type {Map<string, { row: HTMLElement, box: HTMLInputElement, skip: HTMLButtonElement }>} */
      this.rows = new Map();
      for (const item of this.items) this.addRow(item, signal);
      this.build();
      const follow = () => {
        const named = location.hash.match(/^#run-([a-z0-9]+)$/);
        if (named) this.run = named[1];
        this.show();
      };
      follow();
      window.addEventListener("hashchange", follow, { signal });
      store.addEventListener("change", () => this.show(), { signal });
    }

    /**
     * @param {string} item
     * @param {AbortSignal} signal
     */
    addRow(item, signal) {
      const row = document.getElementById(item);
      const box = document.getElementById(`tick-${item}`);
      if (!row || !(box instanceof HTMLInputElement)) return;
      const text = box.labels?.[0]?.textContent ?? "";
      const skip = make(
        "button",
        { type: "button", class: "guide-skip", "aria-label": `Not for me: ${text}`, click: () => this.toggleSkip(item) },
        "Not for me",
      );
      row.querySelector(".guide-skip")?.remove();
      row.append(skip);
      box.addEventListener("change", () => this.set(item, box.checked ? "done" : null), { signal });
      this.rows?.set(item, { row, box, skip });
    }

    build() {
      const button = (/** @type {string} */ name, /** @type {() => void} */ click, look = " guide-button--quiet") =>
        make("button", { type: "button", class: `guide-button${look}`, click }, name);
      this.count = make("span", { class: "guide-track__count" });
      this.bar = make("progress", { "aria-label": "Progress", max: 1, value: 0 });
      this.select = make("select");
      this.select.addEventListener("change", () => this.choose(this.select?.value ?? ""));
      this.chooser = make("label", { class: "guide-track__runs" }, make("span", {}, "Run"), " ", this.select);
      this.start = button("Start a named run", () => this.ask("Start"), "");
      this.rename = button("Rename", () => this.ask("Rename"));
      this.duplicate = button("Duplicate", () => this.copyRun());
      this.archive = button("Archive", () => this.toggleArchive());
      this.erase = button("Delete", () => this.deleteRun());
      this.reset = button("Start over", () => this.startOver());
      this.name = make("p", { class: "guide-track__name" });
      this.form = make("div", { class: "guide-track__form" });
      this.undo = make("p", { class: "guide-undo" });
      this.replaceChildren(
        this.name,
        make("p", { class: "guide-track__line" }, this.bar, " ", this.count),
        this.chooser,
        make("div", { class: "guide-track__buttons" }, this.rename, this.duplicate, this.archive, this.erase),
        make("div", { class: "guide-track__buttons" }, this.start, this.reset),
        this.form,
        this.undo,
      );
      this.hidden = false;
    }

    /** Show what the store says. */
    show() {
      const runs = runsOf(this.list ?? "");
      const run = runs.find(([id]) => id === this.run)?.[1];
      if (!run) this.run = "";
      for (const [item, { row, box, skip }] of this.rows ?? []) {
        const value = store.get(this.tick(item));
        box.checked = value === "done";
        row.classList.toggle("guide-item--skipped", value === "skip");
        skip.setAttribute("aria-pressed", String(value === "skip"));
      }
      const now = this.progress();
      if (this.count && this.bar) {
        this.count.textContent = `${inWords(now)} done${now.skipped ? `, ${now.skipped} not for me` : ""}`;
        this.bar.max = Math.max(now.total, 1);
        this.bar.value = now.done;
      }
      this.classList.toggle("guide-track--complete", now.total > 0 && now.done === now.total);
      this.showRuns(runs);
      /** @type {[HTMLElement | undefined, boolean][]} */
      const visible = [
        [this.chooser, runs.length > 0],
        [this.rename, Boolean(run)],
        [this.duplicate, Boolean(run)],
        [this.archive, Boolean(run)],
        [this.erase, Boolean(run)],
        [this.reset, now.started],
      ];
      for (const [element, shown] of visible) if (element) element.hidden = !shown;
      if (this.name) this.name.textContent = run?.name ?? "";
      if (this.archive) this.archive.textContent = run?.archived ? "Bring back" : "Archive";
    }

    /** @param {[string, Run][]} runs */
    showRuns(runs) {
      const option = (/** @type {string} */ id, /** @type {string} */ name) => {
        const at = progress(this.list ?? "", this.items ?? [], id);
        const one = make("option", { value: id }, `${name} (${inWords(at)})`);
        one.selected = id === this.run;
        return one;
      };
      const archived = runs.filter(([, run]) => run.archived).map(([id, run]) => option(id, run.name));
      this.select?.replaceChildren(
        option("", "No name: the list itself"),
        ...runs.filter(([, run]) => !run.archived).map(([id, run]) => option(id, run.name)),
        ...(archived.length ? [make("optgroup", { label: "Archived" }, ...archived)] : []),
      );
    }

    /** @param {string} item */
    tick(item) {
      return tickKey(this.list ?? "", item, this.run ?? "");
    }

    progress() {
      return progress(this.list ?? "", this.items ?? [], this.run ?? "");
    }

    /**
     * @param {string} item
     * @param {"done" | "skip" | null} value
     */
    set(item, value) {
      this.undo?.replaceChildren();
      store.change({ [this.tick(item)]: value });
      const now = this.progress();
      say(now.done === now.total ? `${inWords(now)} done. The list is complete.` : `${inWords(now)} done.`);
    }

    /** @param {string} item */
    toggleSkip(item) {
      this.set(item, store.get(this.tick(item)) === "skip" ? null : "skip");
    }

    /** @param {string} run */
    choose(run) {
      this.run = run;
      this.closeForm();
      this.undo?.replaceChildren();
      store.change({ [`current/${this.list}`]: run });
      this.show();
      say(`${this.nameOf(run)}: ${inWords(this.progress())} done.`);
    }

    /** @param {string | undefined} run */
    nameOf(run) {
      return store.get(`run/${run}`)?.name ?? "The list itself";
    }

    closeForm() {
      this.form?.replaceChildren();
    }

    /**
     * Ask for a run's name, to start one or to rename the one that is shown.
     * @param {"Start" | "Rename"} what
     */
    ask(what) {
      const back = what === "Start" ? this.start : this.rename;
      const field = make("input", { type: "text", maxlength: LONGEST_NAME, autocomplete: "off" });
      const hint = make(
        "span",
        { class: "guide-quiet", id: "guide-run-hint" },
        "For example: coffee with Ana, 12 May. A run has ticks of its own.",
      );
      field.setAttribute("aria-describedby", hint.id);
      if (what === "Rename") field.value = this.nameOf(this.run);
      const cancel = () => {
        this.closeForm();
        back?.focus();
      };
      const form = make(
        "form",
        {},
        make("label", {}, make("span", {}, "Name of the run"), " ", field),
        hint,
        make(
          "div",
          { class: "guide-track__buttons" },
          make("button", { type: "submit", class: "guide-button guide-button--main" }, what === "Start" ? "Start" : "Save name"),
          make("button", { type: "button", class: "guide-button", click: cancel }, "Cancel"),
        ),
      );
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const name = field.value.trim().replace(/\s+/g, " ");
        const taken = runsOf(this.list ?? "").some(([id, run]) => run.name === name && !(what === "Rename" && id === this.run));
        if (!name || taken) {
          hint.textContent = name ? "There is a run of this name already. Choose another." : "Write a name first.";
          field.setAttribute("aria-invalid", "true");
          say(hint.textContent);
          field.focus();
          return;
        }
        if (what === "Start") this.addRun(name);
        else this.renameRun(name);
        cancel();
      });
      form.addEventListener("keydown", (event) => {
        if (event.key === "Escape") cancel();
      });
      this.undo?.replaceChildren();
      this.form?.replaceChildren(form);
      field.focus();
      field.select();
    }

    /**
     * Start a run and show it.
     * @param {string} name
     * @param {string} [from] the run whose ticks it begins with
     */
    addRun(name, from) {
      const made = Date.now();
      const id = made.toString(36) + Math.floor(Math.random() * 36 ** 5).toString(36);
      /** @type {Record<string, unknown>} */
      const changes = {
        [`run/${id}`]: { list: this.list, name, made, archived: false },
        [`current/${this.list}`]: id,
      };
      for (const item of from ? (this.items ?? []) : []) {
        const value = store.get(tickKey(this.list ?? "", item, from ?? ""));
        if (value) changes[tickKey(this.list ?? "", item, id)] = value;
      }
      this.run = id;
      store.change(changes);
      say(`Run “${name}” started: ${inWords(this.progress())} done.`);
    }

    /** @param {string} name */
    renameRun(name) {
      store.change({ [`run/${this.run}`]: { ...store.get(`run/${this.run}`), name } });
      say(`Renamed to “${name}”.`);
    }

    copyRun() {
      this.closeForm();
      this.undo?.replaceChildren();
      const names = runsOf(this.list ?? "").map(([, run]) => run.name);
      const stem = this.nameOf(this.run).replace(/ \(\d+\)$/, "").slice(0, LONGEST_NAME - 6);
      let number = 2;
      while (names.includes(`${stem} (${number})`)) number += 1;
      this.addRun(`${stem} (${number})`, this.run);
    }

    toggleArchive() {
      const run = store.get(`run/${this.run}`);
      this.closeForm();
      this.undo?.replaceChildren();
      store.change({ [`run/${this.run}`]: { ...run, archived: !run.archived } });
      say(run.archived ? `“${run.name}” is back.` : `“${run.name}” is archived: it stays here and leaves your plan.`);
    }

    deleteRun() {
      const id = this.run ?? "";
      const name = this.nameOf(id);
      /** @type {Record<string, unknown>} */
      const changes = { [`run/${id}`]: null, [`current/${this.list}`]: "" };
      for (const [key] of store.all(`tick/${this.list}/`)) if (key.endsWith(`/${id}`)) changes[key] = null;
      this.run = "";
      this.closeForm();
      this.offerUndo(`Run “${name}” deleted.`, store.change(changes), id);
    }

    startOver() {
      /** @type {Record<string, unknown>} */
      const changes = {};
      for (const item of this.items ?? []) if (store.get(this.tick(item))) changes[this.tick(item)] = null;
      this.closeForm();
      this.offerUndo("All ticks of this list are gone.", store.change(changes), this.run ?? "");
    }

    /**
     * @param {string} text
     * @param {() => void} undo
     * @param {string} run the run to show again
     */
    offerUndo(text, undo, run) {
      if (!this.undo) return;
      const takeBack = () => {
        undo();
        this.run = run;
        this.show();
      };
      offerUndo(this.undo, text, takeBack, () => (this.reset?.hidden ? (this.start ?? null) : (this.reset ?? null)));
    }
  }

  /** On a card: how far the list is, and how many runs it has. */
  class GuideProgress extends Connected {
    /** @param {AbortSignal} signal */
    connected(signal) {
      this.show();
      store.addEventListener("change", () => this.show(), { signal });
    }

    show() {
      const list = this.dataset.checklist ?? "";
      const now = progress(list, words(this.dataset.items ?? ""), "");
      const runs = runsOf(list).filter(([, run]) => !run.archived).length;
      const parts = [
        ...(now.started ? [`${inWords(now)} done`] : []),
        ...(runs ? [counted(runs, "run")] : []),
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
      const all = [...cards].map((card) => progress(card.dataset.checklist ?? "", words(card.dataset.items ?? ""), ""));
      const started = all.filter((one) => one.started);
      const finished = started.filter((one) => one.done === one.total).length;
      const ticked = started.reduce((sum, one) => sum + one.done, 0);
      this.hidden = started.length === 0;
      this.textContent = `You have ticked ${counted(ticked, "item")} in ${counted(started.length, "list")}. ${
        finished ? `${counted(finished, "list")} complete.` : ""
      }`.trim();
    }
  }

  define("guide-checklist", GuideChecklist);
  define("guide-progress", GuideProgress);
  define("guide-overall", GuideOverall);
  return { tickKey, progress, runsOf, inWords };
})();
