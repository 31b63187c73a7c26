/**
 * A calendar file with dates, made in the page: the follow-up of a message, or a routine from the day it begins.
 *
 * The server writes the form with a row for each step (templates/pages/_calendar.html.j2); the generator has read how
 * many days or months lie between two steps.
 */

/** The form. */
class GuideSequence extends Connected {
  static tools = { today, later: laterDay, calendar };

  /** @param {AbortSignal} signal */
  connected(signal) {
    this.field("day").value = isoDay(today());
    this.addEventListener("change", (event) => this.changed(event), { signal });
    this.addEventListener("submit", (event) => this.save(event), { signal });
    this.show();
    this.hidden = false;
  }

  /** Return a field of the form; a routine lacks some. @param {string} name */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`[name="${name}"]`));
  }

  /** Whether the message of the page has gone out, so that its own row falls away. */
  get sent() {
    return this.querySelector('[value="sent"]:checked') !== null;
  }

  /** The day in the field, NaN when there is none that can be used. */
  get day() {
    const { value, min, max } = this.field("day");
    return value >= min && value <= max ? Date.parse(value) : NaN;
  }

  /**
   * The rows that count now, each with its day. A day that is past is moved to today, and what follows with it. Days
   * before the event leave the count where it is.
   */
  steps() {
    let at = this.day;
    const now = today();
    const rows = all(this, "li").filter((row) => !(this.sent && "first" in row.dataset));
    return rows.map((row) => {
      const [days, months] = [Number(row.dataset.days), Number(row.dataset.months)];
      const wanted = laterDay(at, days, months);
      // A routine may have begun before today.
      const late = wanted < now && !("routine" in row.dataset);
      const day = late ? now : wanted;
      if (days >= 0 && months >= 0) at = day;
      return { row, day, late, box: one(row, "input", HTMLInputElement) };
    });
  }

  show() {
    const { sent } = this;
    for (const row of all(this, "li")) row.hidden = sent && "first" in row.dataset;
    for (const label of all(this, "[data-start]")) label.hidden = label.dataset.start !== (sent ? "sent" : "open");
    if (Number.isNaN(this.day)) return;
    const { lang } = document.documentElement;
    const written = new Intl.DateTimeFormat(lang || undefined, { dateStyle: "full", timeZone: "UTC" });
    for (const { row, day, late } of this.steps()) {
      const time = one(row, "time", HTMLTimeElement);
      time.dateTime = isoDay(day);
      time.textContent = written.format(day);
      one(row, "[data-late]").hidden = !late;
    }
  }

  /** @param {Event} event */
  changed(event) {
    const { name } = /** @type {HTMLInputElement} */ (event.target);
    this.tell("");
    this.sayIn("said", "");
    if (name !== "day" && name !== "start") return;
    this.show();
    const steps = this.steps();
    if (Number.isNaN(this.day)) this.tell(this.dataset.noDay ?? "");
    else say(t(JSON.parse(this.dataset.first ?? ""), { n: steps.length, day: one(steps[0].row, "time").textContent ?? "" }));
  }

  /**
   * Show what keeps the file from being made; "" when nothing does.
   * @param {string} problem
   */
  tell(problem) {
    this.field("day").toggleAttribute("aria-invalid", problem !== "" && Number.isNaN(this.day));
    this.sayIn("problem", problem);
  }

  /**
   * Say something in a line of the form; "" empties it.
   * @param {"problem" | "said"} line
   * @param {string} [text]
   */
  sayIn(line, text = "") {
    const place = one(this, `.guide-sequence__${line}`);
    place.textContent = text;
    place.hidden = !text;
    if (text) say(text);
  }

  /** @param {Event} event */
  save(event) {
    event.preventDefault();
    const chosen = this.steps().filter(({ box }) => box.checked);
    if (Number.isNaN(this.day)) {
      this.tell(this.dataset.noDay ?? "");
      this.field("day").focus();
    } else if (!chosen.length) {
      this.tell(this.dataset.none ?? "");
      this.steps()[0]?.box.focus();
    } else {
      this.tell("");
      const file = calendar(chosen.map(({ row, day }) => this.entry(row, day)), Date.now());
      offerFile(`${this.dataset.file}-${isoDay(this.day)}.ics`, "text/calendar", file);
      if (this.field("plan")?.checked) {
        store.change(Object.fromEntries(chosen.map(({ row }) => [`follow/${row.dataset.id}`, true])));
      }
      this.sayIn("said", this.dataset.saved);
    }
  }

  /**
   * The event of a row. Its UID is the same whenever the same day and name are entered, so that loading the file
   * again replaces the reminder; the name is in it only as part of a hash.
   * @param {HTMLElement} row
   * @param {number} day
   * @returns {CalendarEvent}
   */
  entry(row, day) {
    const { id = "", title = "", rule = "", link = "", page = "" } = row.dataset;
    const who = (this.field("who")?.value ?? "").normalize("NFC").trim().replace(/\s+/g, " ");
    const named = who && this.field("named")?.checked ? `${title}: ${who}` : title;
    const { guide, linkLabel } = this.dataset;
    // A message can be in the file twice: once now, and as the one that comes back.
    const known = [guide, id, rule ? "again" : "once", isoDay(this.day), who.toLowerCase()].join("\n");
    const key = "routine" in row.dataset ? `routine-${id}` : `message-${id}-${hash(known)}`;
    // A page that was opened from a folder must not tell of that folder.
    const address = location.protocol.startsWith("http") ? new URL(link, location.href).href : page;
    /** @type {string[]} */
    const lines = JSON.parse(row.dataset.lines ?? "[]");
    if (address) lines.push(`${linkLabel}: ${address}`);
    return { uid: `${key}@${guide}.coaching-guide`, day, rule, title: named, lines, page: address };
  }
}

define("guide-sequence", GuideSequence);
