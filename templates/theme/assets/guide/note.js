/**
 * A field for a note under a question of a lesson.
 */

/** How long after the last key a note is saved, in milliseconds. */
const SAVE_AFTER = 400;

/** A field for a note under a question; with data-key the note of a question that is gone. */
class GuideNote extends Connected {
  /** @param {AbortSignal} signal */
  connected(signal) {
    this.questions = this.allQuestions();
    const paper = this.querySelector(".guide-note__paper") ?? make("div", { class: "guide-note__paper" });
    this.paper = paper;
    // The lines to write on, as the page brought them.
    this.lines = this.lines ?? [...paper.childNodes];
    this.field = make("textarea", {
      rows: 2,
      maxlength: LONGEST_NOTE,
      "aria-label": this.dataset.question ?? "",
      placeholder: t("note"),
      autocomplete: "off",
    });
    this.state = make("p", { class: "guide-note__state guide-quiet" });
    this.replaceChildren(this.field, this.state, paper);
    super.connected(signal);
    this.field.addEventListener("input", () => this.typed(), { signal });
    this.field.addEventListener("blur", () => this.save(), { signal });
    window.addEventListener("pagehide", () => this.save(), { signal });
    // What is still being typed is printed, too.
    window.addEventListener("beforeprint", () => this.save(), { signal });
    document.addEventListener("visibilitychange", () => this.save(), { signal });
  }

  disconnectedCallback() {
    this.save();
    super.disconnectedCallback();
  }

  get lesson() {
    return this.dataset.lesson ?? "";
  }

  /** The key of the note that is shown here; it may be the note of an older wording. */
  key() {
    if (this.dataset.key) return this.dataset.key;
    return notesOf(this.lesson, this.questions ?? []).keys.get(this.dataset.question ?? "") ?? "";
  }

  /** All questions of the lesson: given in the plan, found on the page of the lesson. */
  allQuestions() {
    if (this.dataset.questions !== undefined) return /** @type {string[]} */ (JSON.parse(this.dataset.questions));
    const notes = all(document, "guide-note[data-question]").filter((note) => note.dataset.lesson === this.lesson);
    return notes.map((note) => note.dataset.question ?? "");
  }

  show() {
    if (!this.field || !this.state || this.pending) return;
    const note = store.get(this.key());
    const text = note?.text ?? "";
    // A space at the end may be the start of the next word.
    if (this.field.value.trimEnd() !== text) this.field.value = text;
    const question = this.dataset.question ?? "";
    const older = note && essence(note.question) !== essence(question);
    if (older) this.state.textContent = t("note_older", { question: note.question });
    else if (!text) this.state.textContent = "";
    this.showPaper(text);
  }

  /** @param {string} text */
  showPaper(text) {
    this.paper?.replaceChildren(...(text ? [text] : (this.lines ?? [])));
    this.paper?.classList.toggle("guide-note__paper--written", text !== "");
  }

  typed() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.save(), SAVE_AFTER);
  }

  save() {
    if (!this.pending || !this.field || !this.state) return;
    clearTimeout(this.pending);
    this.pending = undefined;
    const text = this.field.value.trimEnd();
    const old = this.key();
    const question = this.dataset.question ?? "";
    const key = this.dataset.key ?? noteKey(this.lesson, question);
    /** @type {Record<string, unknown>} */
    const changes = { [key]: text ? { text, question, part: this.dataset.part ?? "" } : null };
    if (old && old !== key) changes[old] = null;
    store.change(changes);
    this.state.textContent = text && !store.trouble ? t("note_kept") : "";
  }
}

define("guide-note", GuideNote);
