/**
 * A calendar file with dates, made in the page: the follow-up of a message, or a routine from the day it begins.
 *
 * The server writes the form with a row for each step (templates/pages/_calendar.html.j2); the generator has read how
 * many days or months lie between two steps. Here dates are counted, shown and written as iCalendar (RFC 5545).
 *
 * A day is a number throughout: the milliseconds of its midnight in UTC. So no time zone and no change of the clocks
 * can move it, and every event is of whole days, the same everywhere.
 */
(() => {
  const { store, say, make, define, counted, Connected } = coachingGuide;

  const DAY = 86400000;
  const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
  /** Octets in a line, at most (RFC 5545, 3.1). */
  const LONGEST_LINE = 75;
  const bytes = new TextEncoder();

  /**
   * One event: a whole day with one reminder at nine.
   * @typedef {{ uid: string, day: number, rule: string, title: string, lines: string[], page: string }} Entry
   */

  // ---- days --------------------------------------------------------------------------------------------------------

  /** The day it is for the reader. */
  function today() {
    const now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  }

  /**
   * Return a day so much later. The end of a month stays in it: a month after 31 January is the last of February.
   * @param {number} day
   * @param {number} days
   * @param {number} months
   */
  function later(day, days, months) {
    const from = new Date(day);
    const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Date.UTC(year, month, Math.min(from.getUTCDate(), last)) + days * DAY;
  }

  /** A day as input fields have it, 2026-11-24. @param {number} day */
  const iso = (day) => new Date(day).toISOString().slice(0, 10);

  /**
   * Return a rule for an event that begins on a day. Months are counted by weekday ("the third Tuesday"): a rule for
   * the 31st would leave out every month without one. RFC 5545 (3.8.5.3) wants the first day to fit the rule.
   * @param {string} rule
   * @param {number} day
   */
  function ruleFrom(rule, day) {
    if (!rule.startsWith("FREQ=MONTHLY")) return rule;
    const date = new Date(day);
    const number = Math.ceil(date.getUTCDate() / 7);
    return `${rule};BYDAY=${number > 4 ? -1 : number}${WEEKDAYS[date.getUTCDay()]}`;
  }

  // ---- the file ----------------------------------------------------------------------------------------------------

  /** A text as a value (3.3.11); characters that no text may hold are left out. @param {string} text */
  const escaped = (text) =>
    text
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
      .replace(/[\0-\x08\x0e-\x1f\x7f]/g, "")
      .replace(/[\\;,]/g, "\\$&")
      .replace(/\n/g, "\\n");

  /**
   * Fold a line by octets, never inside a character.
   * @param {string} line
   */
  function folded(line) {
    let out = "";
    let room = LONGEST_LINE;
    for (const character of line) {
      const size = bytes.encode(character).length;
      if (size > room) {
        out += "\r\n ";
        room = LONGEST_LINE - 1;
      }
      out += character;
      room -= size;
    }
    return out;
  }

  /**
   * Return a calendar file.
   * @param {Entry[]} entries
   * @param {number} now milliseconds
   */
  function calendar(entries, now) {
    const date = (/** @type {number} */ day) => iso(day).replaceAll("-", "");
    const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
    const lines = entries.flatMap(({ uid, day, rule, title, lines, page }) => [
      "BEGIN:VEVENT",
      `UID:${escaped(uid)}`,
      // In minutes, so that a file that is made later is the newer one, than the built file with its UID, too.
      `SEQUENCE:${Math.floor(now / 60000)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${date(day)}`,
      `DTEND;VALUE=DATE:${date(day + DAY)}`,
      ...(rule ? [`RRULE:${ruleFrom(rule, day)}`] : []),
      "TRANSP:TRANSPARENT",
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(lines.join("\n"))}`,
      ...(page ? [`URL:${page}`] : []),
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(title)}`,
      // Nine in the morning, as in the built files.
      "TRIGGER:PT9H",
      "END:VALARM",
      "END:VEVENT",
    ]);
    const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coaching-guide//reminders 1//EN"];
    return [...head, ...lines, "END:VCALENDAR"].map((line) => `${folded(line)}\r\n`).join("");
  }

  /** A hash of a text (FNV-1a, 64 bits) in hexadecimal. @param {string} text */
  function hash(text) {
    let value = 0xcbf29ce484222325n;
    for (const byte of bytes.encode(text)) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
    return value.toString(16).padStart(16, "0");
  }

  // ---- the form ----------------------------------------------------------------------------------------------------

  class GuideSequence extends Connected {
    static tools = { today, later, calendar, hash };

    /** @param {AbortSignal} signal */
    connected(signal) {
      this.field("day").value = iso(today());
      this.addEventListener("change", (event) => this.changed(event), { signal });
      this.addEventListener("submit", (event) => this.save(event), { signal });
      this.show();
      this.hidden = false;
    }

    /**
     * Return what a selector finds; the templates hold it.
     * @param {string} selector
     * @param {ParentNode} [within]
     */
    find(selector, within = this) {
      return /** @type {HTMLElement} */ (within.querySelector(selector));
    }

    /** Return a field of the form; a routine lacks some. @param {string} name */
    field(name) {
      return /** @type {HTMLInputElement} */ (this.find(`[name="${name}"]`));
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
      const rows = [...this.querySelectorAll("li")].filter((row) => !(this.sent && "first" in row.dataset));
      return rows.map((row) => {
        const [days, months] = [Number(row.dataset.days), Number(row.dataset.months)];
        const wanted = later(at, days, months);
        // A routine may have begun before today.
        const late = wanted < now && !("routine" in row.dataset);
        const day = late ? now : wanted;
        if (days >= 0 && months >= 0) at = day;
        return { row, day, late, box: /** @type {HTMLInputElement} */ (this.find("input", row)) };
      });
    }

    show() {
      const { sent } = this;
      for (const row of this.querySelectorAll("li")) row.hidden = sent && "first" in row.dataset;
      for (const label of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-start]"))) {
        label.hidden = label.dataset.start !== (sent ? "sent" : "open");
      }
      if (Number.isNaN(this.day)) return;
      const { lang } = document.documentElement;
      const written = new Intl.DateTimeFormat(lang || undefined, { dateStyle: "full", timeZone: "UTC" });
      for (const { row, day, late } of this.steps()) {
        this.find("time", row).setAttribute("datetime", iso(day));
        this.find("time", row).textContent = written.format(day);
        this.find("[data-late]", row).hidden = !late;
      }
    }

    /** @param {Event} event */
    changed(event) {
      const { name } = /** @type {HTMLInputElement} */ (event.target);
      this.tell("");
      this.said(false);
      if (name !== "day" && name !== "start") return;
      this.show();
      const steps = this.steps();
      if (Number.isNaN(this.day)) this.tell(this.dataset.noDay ?? "");
      else say(`${counted(steps.length, "reminder")}, the first on ${this.find("time", steps[0].row).textContent}.`);
    }

    /**
     * Show what keeps the file from being made; "" when nothing does.
     * @param {string} problem
     */
    tell(problem) {
      const line = this.find(".guide-sequence__problem");
      line.textContent = problem;
      line.hidden = !problem;
      this.field("day").toggleAttribute("aria-invalid", problem !== "" && Number.isNaN(this.day));
      if (problem) say(problem);
    }

    /** @param {boolean} saved */
    said(saved) {
      const line = this.find(".guide-sequence__said");
      line.textContent = saved ? (this.dataset.saved ?? "") : "";
      line.hidden = !saved;
      if (saved) say(line.textContent);
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
        const url = URL.createObjectURL(new Blob([file], { type: "text/calendar;charset=utf-8" }));
        make("a", { href: url, download: `${this.dataset.file}-${iso(this.day)}.ics` }).click();
        setTimeout(() => URL.revokeObjectURL(url), 10000);
        if (this.field("plan")?.checked) {
          store.change(Object.fromEntries(chosen.map(({ row }) => [`follow/${row.dataset.id}`, true])));
        }
        this.said(true);
      }
    }

    /**
     * The event of a row. Its UID is the same whenever the same day and name are entered, so that loading the file
     * again replaces the reminder; the name is in it only as part of a hash.
     * @param {HTMLElement} row
     * @param {number} day
     * @returns {Entry}
     */
    entry(row, day) {
      const { id = "", title = "", rule = "", link = "", page = "" } = row.dataset;
      const who = (this.field("who")?.value ?? "").normalize("NFC").trim().replace(/\s+/g, " ");
      const named = who && this.field("named")?.checked ? `${title}: ${who}` : title;
      const { guide, linkLabel } = this.dataset;
      // A message can be in the file twice: once now, and as the one that comes back.
      const known = [guide, id, rule ? "again" : "once", iso(this.day), who.toLowerCase()].join("\n");
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
})();
