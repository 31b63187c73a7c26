/**
 * Checklists that remember: ticks, "not for me", progress. Without it the boxes are plain boxes.
 */

/** The panel above a list, and the boxes of the list. */
class GuideChecklist extends Connected {
  /** The run that is shown, "" for the list itself. */
  run = "";
  /** @type {Map<string, { row: HTMLElement, box: HTMLInputElement, skip: HTMLButtonElement }>} */
  rows = new Map();
  count = make("span", { class: "guide-track__count" });
  bar = make("progress", { "aria-label": "Progress", max: 1, value: 0 });
  select = make("select");
  chooser = make("label", { class: "guide-track__runs" }, make("span", {}, "Run"), " ", this.select);
  start = makeButton("Start a named run", () => this.ask("Start"));
  rename = makeButton("Rename", () => this.ask("Rename"), "quiet");
  duplicate = makeButton("Duplicate", () => this.copyRun(), "quiet");
  archive = makeButton("Archive", () => this.toggleArchive(), "quiet");
  erase = makeButton("Delete", () => this.deleteRun(), "quiet");
  reset = makeButton("Start over", () => this.startOver(), "quiet");
  name = make("p", { class: "guide-track__name" });
  form = make("div", { class: "guide-track__form" });
  undo = make("p", { class: "guide-undo" });

  get list() {
    return this.dataset.checklist ?? "";
  }

  get items() {
    return idsIn(this.dataset.items ?? "");
  }

  /** @param {AbortSignal} signal */
  connected(signal) {
    this.run = store.get(`current/${this.list}`) ?? "";
    for (const item of this.items) this.addRow(item, signal);
    this.select.addEventListener("change", () => this.choose(this.select.value), { signal });
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
    this.rows.set(item, { row, box, skip });
  }

  build() {
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
    const runs = runsOf(this.list);
    const run = runs.find(([id]) => id === this.run)?.[1];
    if (!run) this.run = "";
    for (const [item, { row, box, skip }] of this.rows) {
      const value = store.get(this.tick(item));
      box.checked = value === "done";
      row.classList.toggle("guide-item--skipped", value === "skip");
      skip.setAttribute("aria-pressed", String(value === "skip"));
    }
    const now = this.progress();
    this.count.textContent = `${inWords(now)} done${now.skipped ? `, ${now.skipped} not for me` : ""}`;
    this.bar.max = Math.max(now.total, 1);
    this.bar.value = now.done;
    this.classList.toggle("guide-track--complete", now.total > 0 && now.done === now.total);
    this.showRuns(runs);
    this.chooser.hidden = !runs.length;
    for (const button of [this.rename, this.duplicate, this.archive, this.erase]) button.hidden = !run;
    this.reset.hidden = !now.started;
    this.name.textContent = run?.name ?? "";
    this.archive.textContent = run?.archived ? "Bring back" : "Archive";
  }

  /** @param {[string, Run][]} runs */
  showRuns(runs) {
    const option = (/** @type {string} */ id, /** @type {string} */ name) => {
      const at = progress(this.list, this.items, id);
      const one = make("option", { value: id }, `${name} (${inWords(at)})`);
      one.selected = id === this.run;
      return one;
    };
    const archived = runs.filter(([, run]) => run.archived).map(([id, run]) => option(id, run.name));
    this.select.replaceChildren(
      option("", "No name: the list itself"),
      ...runs.filter(([, run]) => !run.archived).map(([id, run]) => option(id, run.name)),
      ...(archived.length ? [make("optgroup", { label: "Archived" }, ...archived)] : []),
    );
  }

  /** @param {string} item */
  tick(item) {
    return tickKey(this.list, item, this.run);
  }

  progress() {
    return progress(this.list, this.items, this.run);
  }

  /**
   * @param {string} item
   * @param {"done" | "skip" | null} value
   */
  set(item, value) {
    this.undo.replaceChildren();
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
    this.undo.replaceChildren();
    store.change({ [`current/${this.list}`]: run });
    this.show();
    say(`${this.nameOf(run)}: ${inWords(this.progress())} done.`);
  }

  /** @param {string | undefined} run */
  nameOf(run) {
    return store.get(`run/${run}`)?.name ?? "The list itself";
  }

  closeForm() {
    this.form.replaceChildren();
  }

  /**
   * Ask for a run's name, to start one or to rename the one that is shown.
   * @param {"Start" | "Rename"} what
   */
  ask(what) {
    const back = what === "Start" ? this.start : this.rename;
    const cancel = () => {
      this.closeForm();
      back.focus();
    };
    const form = runForm(
      what === "Start" ? { button: "Start", name: "" } : { button: "Save name", name: this.nameOf(this.run) },
      (name) => runsOf(this.list).some(([id, run]) => run.name === name && !(what === "Rename" && id === this.run)),
      (name) => {
        if (what === "Start") this.addRun(name);
        else this.renameRun(name);
        cancel();
      },
      cancel,
    );
    this.undo.replaceChildren();
    this.form.replaceChildren(form);
    form.querySelector("input")?.select();
  }

  /**
   * Start a run and show it.
   * @param {string} name
   * @param {string} [from] the run whose ticks it begins with
   */
  addRun(name, from) {
    // Before the store tells of it: the change shows this run.
    this.run = newRunId();
    startRun(this.run, this.list, this.items, name, from);
    say(`Run “${name}” started: ${inWords(this.progress())} done.`);
  }

  /** @param {string} name */
  renameRun(name) {
    store.change({ [`run/${this.run}`]: { ...store.get(`run/${this.run}`), name } });
    say(`Renamed to “${name}”.`);
  }

  copyRun() {
    this.closeForm();
    this.undo.replaceChildren();
    this.addRun(nextName(this.list, this.nameOf(this.run)), this.run);
  }

  toggleArchive() {
    const run = store.get(`run/${this.run}`);
    this.closeForm();
    this.undo.replaceChildren();
    store.change({ [`run/${this.run}`]: { ...run, archived: !run.archived } });
    say(run.archived ? `“${run.name}” is back.` : `“${run.name}” is archived: it stays here and leaves your plan.`);
  }

  deleteRun() {
    const id = this.run;
    const name = this.nameOf(id);
    this.run = "";
    this.closeForm();
    this.offerUndo(`Run “${name}” deleted.`, deleteRun(this.list, id), id);
  }

  startOver() {
    /** @type {Record<string, unknown>} */
    const changes = {};
    for (const item of this.items) if (store.get(this.tick(item))) changes[this.tick(item)] = null;
    this.closeForm();
    this.offerUndo("All ticks of this list are gone.", store.change(changes), this.run);
  }

  /**
   * @param {string} text
   * @param {() => void} undo
   * @param {string} run the run to show again
   */
  offerUndo(text, undo, run) {
    const takeBack = () => {
      undo();
      this.run = run;
      this.show();
    };
    offerUndo(this.undo, text, takeBack, () => (this.reset.hidden ? this.start : this.reset));
  }
}

define("guide-checklist", GuideChecklist);
