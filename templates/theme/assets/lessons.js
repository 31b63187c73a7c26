/**
 * Lessons that remember: notes under the questions, whether a lesson was opened, read or done, and where the reader was.
 */
const guideNotes = (() => {
  const { store, say, make, define, Connected, LONGEST_NOTE } = coachingGuide;
  const STATES = { open: "Opened", read: "Read", done: "Done" };
  const SAVE_AFTER = 400;
  const ALIKE = 0.5;

  /**
   * What of a question counts: its letters and digits.
   * @param {string} text
   */
  const essence = (text) => text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

  /**
   * A hash of a text (cyrb53): 53 bits in hexadecimal, more than enough for the questions of one lesson.
   * @param {string} text
   */
  function hash(text) {
    let one = 0xdeadbeef;
    let two = 0x41c6ce57;
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      one = Math.imul(one ^ code, 2654435761);
      two = Math.imul(two ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return (4294967296 * (2097151 & two) + (one >>> 0)).toString(16);
  }

  /**
   * @param {string} lesson
   * @param {string} question
   */
  const noteKey = (lesson, question) => `note/${lesson}/${hash(essence(question))}`;

  /**
   * How much two texts share, from 0 to 1: pairs of neighbouring characters, which works in every language.
   * @param {string} one
   * @param {string} other
   */
  function likeness(one, other) {
    const pairs = (/** @type {string} */ text) => {
      const characters = [...essence(text)];
      return characters.slice(1).map((character, index) => characters[index] + character);
    };
    const first = pairs(one);
    const second = pairs(other);
    const all = first.length + second.length;
    let shared = 0;
    for (const pair of first) {
      const at = second.indexOf(pair);
      if (at < 0) continue;
      second.splice(at, 1);
      shared += 2;
    }
    return all ? shared / all : 0;
  }

  /**
   * Find the note of each question of a lesson.
   *
   * A question is known by its words, so a note never slips under another question when the order changes. Where the
   * words were edited, the note of the most similar question that is gone is taken. Notes left over are `lost`: they
   * are shown in the plan.
   * @param {string} lesson
   * @param {string[]} questions
   */
  function notesOf(lesson, questions) {
    /** @type {Map<string, Note>} */
    const kept = new Map(store.all(`note/${lesson}/`));
    /** @type {Map<string, string>} */
    const keys = new Map();
    for (const question of questions) {
      const key = noteKey(lesson, question);
      if (kept.delete(key)) keys.set(question, key);
    }
    const pairs = questions
      .filter((question) => !keys.has(question))
      .flatMap((question) => [...kept].map(([key, note]) => ({ question, key, like: likeness(question, note.question) })))
      .filter((pair) => pair.like >= ALIKE)
      .sort((one, other) => other.like - one.like);
    for (const { question, key } of pairs) {
      if (!keys.has(question) && kept.delete(key)) keys.set(question, key);
    }
    return { keys, lost: kept };
  }

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
        placeholder: "Your note",
        autocomplete: "off",
      });
      this.state = make("p", { class: "guide-note__state guide-quiet" });
      this.replaceChildren(this.field, this.state, paper);
      this.show();
      this.field.addEventListener("input", () => this.typed(), { signal });
      this.field.addEventListener("blur", () => this.save(), { signal });
      window.addEventListener("pagehide", () => this.save(), { signal });
      // What is still being typed is printed, too.
      window.addEventListener("beforeprint", () => this.save(), { signal });
      document.addEventListener("visibilitychange", () => this.save(), { signal });
      store.addEventListener("change", () => this.show(), { signal });
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
      const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("guide-note[data-question]"));
      return [...all].filter((note) => note.dataset.lesson === this.lesson).map((note) => note.dataset.question ?? "");
    }

    show() {
      if (!this.field || !this.state || this.pending) return;
      const note = store.get(this.key());
      const text = note?.text ?? "";
      // A space at the end may be the start of the next word.
      if (this.field.value.trimEnd() !== text) this.field.value = text;
      const question = this.dataset.question ?? "";
      const older = note && essence(note.question) !== essence(question);
      if (older) this.state.textContent = `Written when the question was: ${note.question}`;
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
      this.state.textContent = text && !store.trouble ? "Kept on this device." : "";
    }
  }

  /** At the end of a lesson: mark it as done; being here means that it was read. */
  class GuideLesson extends Connected {
    /** @param {AbortSignal} signal */
    connected(signal) {
      const key = `lesson/${this.lesson}`;
      this.button = make("button", { type: "button", class: "guide-button guide-button--main", click: () => this.toggle() });
      this.state = make("span", { class: "guide-done__state" });
      this.replaceChildren(this.state, " ", this.button);
      this.hidden = false;
      this.show();
      /** @type {Record<string, unknown>} */
      const changes = {};
      if (!store.get(key)) changes[key] = "open";
      if (store.get("place")?.lesson !== this.lesson) changes.place = { lesson: this.lesson, part: "" };
      if (Object.keys(changes).length) store.change(changes, true);
      store.addEventListener("change", () => this.show(), { signal });
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
      if (this.button) this.button.textContent = done ? "Not done after all" : "Mark as done";
      if (this.state) this.state.textContent = done ? "You have done this lesson." : "";
      this.classList.toggle("guide-done--done", done);
    }

    toggle() {
      const done = store.get(`lesson/${this.lesson}`) === "done";
      store.change({ [`lesson/${this.lesson}`]: done ? "read" : "done" });
      say(done ? "No longer marked as done." : "Marked as done.");
    }
  }

  /** Beside a lesson's link: its state. */
  class GuideMark extends Connected {
    /** @param {AbortSignal} signal */
    connected(signal) {
      this.show();
      store.addEventListener("change", () => this.show(), { signal });
    }

    show() {
      /** @type {keyof typeof STATES | undefined} */
      const state = store.get(`lesson/${this.dataset.lesson}`);
      this.hidden = !state;
      this.textContent = state ? STATES[state] : "";
      this.classList.toggle("guide-mark--done", state === "done");
    }
  }

  /** On the home page: the way back to where the reader was. It reads the lessons from the marks on the page. */
  class GuideContinue extends Connected {
    /** @param {AbortSignal} signal */
    connected(signal) {
      this.show();
      store.addEventListener("change", () => this.show(), { signal });
    }

    show() {
      const marks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("guide-mark[data-lesson]")]);
      const ids = marks.map((mark) => mark.dataset.lesson ?? "");
      const place = store.get("place");
      const at = ids.indexOf(place?.lesson);
      this.hidden = at < 0;
      if (at < 0) return;
      const isDone = (/** @type {string} */ id) => store.get(`lesson/${id}`) === "done";
      const done = ids.filter(isDone).length;
      // Where the last one is done, the next that is not, once around.
      const next = isDone(ids[at]) ? [...ids.keys()].map((step) => (at + step) % ids.length).find((step) => !isDone(ids[step])) : at;
      const plan = make("a", { href: this.dataset.plan ?? "" }, "My plan");
      const count = `${done} of ${ids.length} lessons done`;
      if (next === undefined) {
        this.fill("You have done every lesson", [make("p", { class: "guide-quiet" }, `${count}. `, plan)]);
        return;
      }
      const link = marks[next].closest("li")?.querySelector("a");
      const part = next === at && place.part ? `#${place.part}` : "";
      const lead = make("a", { class: "guide-continue__link", href: `${link?.href ?? ""}${part}` }, link?.textContent ?? "");
      this.fill(next === at ? "Continue where you left off" : "Your next lesson", [
        make("p", {}, lead),
        make("p", { class: "guide-quiet" }, `${count}. `, plan),
      ]);
    }

    /**
     * @param {string} title
     * @param {Node[]} content
     */
    fill(title, content) {
      this.replaceChildren(make("p", { class: "guide-continue__title" }, title), ...content);
    }
  }

  /** On a message page: put it on the plan, or take it off. */
  class GuideFollow extends Connected {
    /** @param {AbortSignal} signal */
    connected(signal) {
      this.button = make("button", { type: "button", class: "guide-button", click: () => this.toggle() });
      this.replaceChildren(this.button);
      this.hidden = false;
      this.show();
      store.addEventListener("change", () => this.show(), { signal });
    }

    show() {
      if (this.button) this.button.textContent = store.follows(this.message) ? "Take off my plan" : "Add to my plan";
    }

    get message() {
      return this.dataset.message ?? "";
    }

    toggle() {
      const follows = store.follows(this.message);
      if (follows) store.unfollow(this.message);
      else store.follow(this.message);
      say(follows ? "Taken off your plan." : "Added to your plan.");
    }
  }

  define("guide-note", GuideNote);
  define("guide-lesson", GuideLesson);
  define("guide-mark", GuideMark);
  define("guide-continue", GuideContinue);
  define("guide-follow", GuideFollow);
  return { notesOf, STATES };
})();
