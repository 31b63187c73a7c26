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
  bar = make("progress", { "aria-label": t("progress"), max: 1, value: 0 });
  select = make("select");
  chooser = make("label", { class: "guide-track__runs" }, make("span", {}, t("run")), " ", this.select);
  start = makeButton(t("run_start"), () => this.ask("start"));
  rename = makeButton(t("run_rename"), () => this.ask("rename"), "quiet");
  duplicate = makeButton(t("run_duplicate"), () => this.copyRun(), "quiet");
  archive = makeButton(t("run_archive"), () => this.toggleArchive(), "quiet");
  erase = makeButton(t("run_delete"), () => this.deleteRun(), "quiet");
  reset = makeButton(t("start_over"), () => this.startOver(), "quiet");
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
    const skip = one(row, ".guide-skip", HTMLButtonElement);
    skip.hidden = false;
    skip.addEventListener("click", () => this.toggleSkip(item), { signal });
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
      row.querySelector("label")?.setAttribute("data-skipped", t("not_for_me_note"));
      skip.setAttribute("aria-pressed", String(value === "skip"));
    }
    const now = this.progress();
    this.count.textContent = t(now.skipped ? "list_done_skipped" : "list_done", { done: inWords(now), n: now.skipped });
    this.bar.max = Math.max(now.total, 1);
    this.bar.value = now.done;
    this.classList.toggle("guide-track--complete", now.total > 0 && now.done === now.total);
    this.showRuns(runs);
    this.chooser.hidden = !runs.length;
    for (const button of [this.rename, this.duplicate, this.archive, this.erase]) button.hidden = !run;
    this.reset.hidden = !now.started;
    this.name.textContent = run?.name ?? "";
    this.archive.textContent = t(run?.archived ? "run_back" : "run_archive");
  }

  /** @param {[string, Run][]} runs */
  showRuns(runs) {
    const option = (/** @type {string} */ id, /** @type {string} */ name) => {
      const at = progress(this.list, this.items, id);
      const one = make("option", { value: id }, t("run_option", { name, done: inWords(at) }));
      one.selected = id === this.run;
      return one;
    };
    const archived = runs.filter(([, run]) => run.archived).map(([id, run]) => option(id, run.name));
    this.select.replaceChildren(
      option("", t("run_none")),
      ...runs.filter(([, run]) => !run.archived).map(([id, run]) => option(id, run.name)),
      ...(archived.length ? [make("optgroup", { label: t("run_archived") }, ...archived)] : []),
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
    say(t(now.done === now.total ? "list_complete" : "list_said", { done: inWords(now) }));
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
    say(t("run_chosen", { name: this.nameOf(run), done: inWords(this.progress()) }));
  }

  /** @param {string | undefined} run */
  nameOf(run) {
    return store.get(`run/${run}`)?.name ?? t("run_itself");
  }

  closeForm() {
    this.form.replaceChildren();
  }

  /**
   * Ask for a run's name, to start one or to rename the one that is shown.
   * @param {"start" | "rename"} what
   */
  ask(what) {
    const back = what === "start" ? this.start : this.rename;
    const cancel = () => {
      this.closeForm();
      back.focus();
    };
    const form = runForm(
      { button: t(what === "start" ? "run_start_do" : "run_rename_do"), name: what === "start" ? "" : this.nameOf(this.run) },
      (name) => runsOf(this.list).some(([id, run]) => run.name === name && !(what === "rename" && id === this.run)),
      (name) => {
        if (what === "start") this.addRun(name);
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
    say(t("run_started", { name, done: inWords(this.progress()) }));
  }

  /** @param {string} name */
  renameRun(name) {
    store.change({ [`run/${this.run}`]: { ...store.get(`run/${this.run}`), name } });
    say(t("run_renamed", { name }));
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
    say(t(run.archived ? "run_is_back" : "run_is_archived", { name: run.name }));
  }

  deleteRun() {
    const id = this.run;
    const name = this.nameOf(id);
    this.run = "";
    this.closeForm();
    this.offerUndo(t("run_deleted", { name }), deleteRun(this.list, id), id);
  }

  startOver() {
    /** @type {Record<string, unknown>} */
    const changes = {};
    for (const item of this.items) if (store.get(this.tick(item))) changes[this.tick(item)] = null;
    this.closeForm();
    this.offerUndo(t("started_over"), store.change(changes), this.run);
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
