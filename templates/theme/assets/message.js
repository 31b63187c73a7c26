/**
 * The message page: fill in, choose channel and tone, count, copy, send.
 *
 * The server writes the form, hidden, and below it every text with its examples. This script reads the texts from the
 * page, shows the form in their place and keeps what is typed in a variable, for the visit: one document, with instant
 * navigation. Nothing typed goes into an address of the site, or into storage unless the reader asks for it.
 */
(() => {
  "use strict";
  if (customElements.get("guide-compose")) return;

  /**
   * A piece of a text, as generator/message_text.py reads it: words, a field, or pieces that can be left out.
   * @typedef {{ text?: string, field?: string, pieces?: Piece[] }} Piece
   */
  /** @typedef {{ start: number, end: number, field: string }} Mark  Where a field stands in a filled text. */
  /** @typedef {{ text: string, marks: Mark[] }} Filled */
  /** @typedef {{ says: string, over: boolean }} Count */

  /** What was typed and chosen during this visit; gone with the document. */
  const visit = {
    /** @type {Map<string, string>} */
    values: new Map(),
    channel: "",
    anchor: "",
    /** Whether it was said that this browser keeps nothing. */
    saidBlocked: false,
  };

  /* ---- the text ------------------------------------------------------------------------------------------------ */

  /**
   * Reads the pieces of a text from the markup that the server wrote.
   * @param {Node} element
   * @returns {Piece[]}
   */
  function readPieces(element) {
    return [...element.childNodes].map((node) => {
      if (!(node instanceof HTMLElement)) return { text: node.textContent || "" };
      return node.dataset.field ? { field: node.dataset.field } : { pieces: readPieces(node) };
    });
  }

  /** White space as Python's `str.rstrip` takes it. */
  const SPACE_AT_END = /[ \t\n]+$/;
  const SPACE_AT_START = /^[ \t\n]+/;

  /**
   * Fills in a text. As `fill` in generator/message_text.py, step by step; a test compares them.
   * @param {Piece[]} pieces
   * @param {Map<string, string>} values
   * @param {(number: number) => boolean} keep  whether the optional piece with this number stays
   * @returns {Filled}
   */
  function fill(pieces, values, keep) {
    /** @type {Mark[]} */
    const marks = [];
    let out = "";
    let number = 0;
    /** @param {Piece} piece */
    const words = (piece) => (piece.field === undefined ? piece.text || "" : values.get(piece.field) || "");
    /** @param {Piece} piece @param {string} text */
    const add = (piece, text) => {
      if (piece.field !== undefined) marks.push({ start: out.length, end: out.length + text.length, field: piece.field });
      out += text;
    };
    /** What stood around a piece that was left out. @type {string | null} */
    let gap = null;
    for (const piece of pieces) {
      const inner = piece.pieces || [piece];
      if (piece.pieces) {
        const filled = inner.every((one) => one.field === undefined || values.get(one.field));
        const kept = keep(number) && filled;
        number += 1;
        if (!kept) {
          const rest = out.replace(SPACE_AT_END, "");
          gap = wider(gap || "", out.slice(rest.length));
          out = rest;
          for (const mark of marks) {
            mark.start = Math.min(mark.start, out.length);
            mark.end = Math.min(mark.end, out.length);
          }
          continue;
        }
      }
      const whole = inner.map(words).join("");
      let cut = 0;
      if (gap !== null) {
        const rest = whole.replace(SPACE_AT_START, "");
        cut = whole.length - rest.length;
        gap = wider(gap, whole.slice(0, cut));
        if (!rest) continue;
        if (out) out += closed(gap, rest);
        gap = null;
      }
      for (const one of inner) {
        const text = words(one);
        const here = Math.min(cut, text.length);
        cut -= here;
        add(one, text.slice(here));
      }
    }
    return { text: out, marks };
  }

  /**
   * The gap with more line breaks, then the longer one, as `_wider` in message_text.py.
   * @param {string} one
   * @param {string} other
   */
  function wider(one, other) {
    const lines = (/** @type {string} */ gap) => gap.split("\n").length;
    if (lines(one) !== lines(other)) return lines(one) > lines(other) ? one : other;
    return other.length > one.length ? other : one;
  }

  /**
   * What remains of a gap before the text that follows it, as `_closed` in message_text.py.
   * @param {string} gap
   * @param {string} after
   */
  function closed(gap, after) {
    const lines = gap.split("\n").length - 1;
    if (lines) return "\n".repeat(Math.min(lines, 2));
    return gap && !",.;:?!)".includes(after.charAt(0)) ? " " : "";
  }

  /**
   * Shows a filled text: what is shown is what is copied, with marks on the fields.
   * @param {Element} element
   * @param {Filled} filled
   * @param {(field: string) => boolean} isFilled
   */
  function paint(element, filled, isFilled) {
    const shown = document.createDocumentFragment();
    let position = 0;
    for (const { start, end, field } of filled.marks) {
      shown.append(filled.text.slice(position, start));
      const mark = document.createElement("mark");
      mark.className = `guide-blank guide-blank--${isFilled(field) ? "filled" : "open"}`;
      mark.dataset.field = field;
      mark.textContent = filled.text.slice(start, end);
      shown.append(mark);
      position = end;
    }
    shown.append(filled.text.slice(position));
    element.replaceChildren(shown);
  }

  /* ---- counting ------------------------------------------------------------------------------------------------ */

  // The GSM-7 alphabet, as in generator/sms.py; characters of the second set take two places.
  const GSM = new Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
      "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
  );
  const GSM_TWO = new Set("^{}\\[~]|€\f");
  /** What phones and word processors put in place of plain marks. @type {Record<string, string>} */
  const PLAIN = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " " };
  const FANCY = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

  /**
   * Counts a text as a phone does: in GSM-7, or in UTF-16 units as soon as one character is foreign to it.
   * @param {string} text
   */
  function countSms(text) {
    const characters = [...text];
    const foreign = [...new Set(characters.filter((one) => !GSM.has(one) && !GSM_TWO.has(one)))];
    const length = foreign.length ? text.length : characters.reduce((sum, one) => sum + (GSM_TWO.has(one) ? 2 : 1), 0);
    const [one, each] = foreign.length ? [70, 67] : [160, 153];
    const parts = length <= one ? 1 : Math.ceil(length / each);
    return { length, foreign, parts, room: parts === 1 ? one : parts * each };
  }

  /**
   * Counts a message as its channel does.
   * @param {DOMStringMap} facts  what the server says about the channel (generator/channels.py)
   * @param {string} subject
   * @param {string} body
   * @returns {Count}
   */
  function count(facts, subject, body) {
    const limit = Number(facts.limit || 0);
    const paid = Number(facts.paid || 0);
    const name = facts.paidName || "";
    if (facts.gsm !== undefined) {
      const { length, foreign, parts, room } = countSms(body);
      const most = Math.floor(limit / 153);
      const messages = `${parts} text message${parts === 1 ? "" : "s"}`;
      const why = foreign.length
        ? ` The SMS alphabet lacks ${foreign.slice(0, 6).join(" ")}, so one message holds 70 characters, not 160.`
        : "";
      if (parts > most) return { says: `Too long: ${length} characters, ${messages}; ${most} is the most.${why}`, over: true };
      return { says: `${length} of ${room} characters, ${messages}.${why}`, over: false };
    }
    if (limit) {
      const length = body.length;
      if (length <= limit) {
        const room = paid ? ` ${paid} with ${name}.` : "";
        return { says: `${length} of ${limit} characters.${room}`, over: false };
      }
      if (facts.kind !== "hard") return { says: `${length} characters: long for a ${facts.noun}, ${limit} read well.`, over: true };
      if (length <= paid) return { says: `Too long without ${name}: ${length} of ${limit} characters. It fits with ${name} (${paid}).`, over: true };
      const most = paid || limit;
      return { says: `Too long by ${length - most}: ${length} of ${most} characters${paid ? `, even with ${name}` : ""}.`, over: true };
    }
    if (facts.subjectLimit) {
      const length = [...subject].length;
      if (length <= Number(facts.subjectLimit)) return { says: `Subject: ${length} of ${facts.subjectLimit} characters.`, over: false };
      return { says: `Subject too long for a phone: ${length} of ${facts.subjectLimit} characters.`, over: true };
    }
    return { says: "", over: false };
  }

  /* ---- addresses (generator/addresses.py) ---------------------------------------------------------------------- */

  /** @param {string} text */
  const encode = (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  /** @type {Record<string, { name: string, address: (subject: string, body: string) => string }>} */
  const LINKS = {
    mailto: {
      name: "mail",
      address: (subject, body) => `mailto:?subject=${encode(subject)}&body=${encode(body.replaceAll("\n", "\r\n"))}`,
    },
    whatsapp: { name: "WhatsApp", address: (_, body) => `https://wa.me/?text=${encode(body)}` },
  };

  /**
   * Opens another program, or saves a file.
   * @param {string} address
   * @param {string} [file]
   */
  function follow(address, file) {
    const link = document.createElement("a");
    link.href = address;
    if (file) link.download = file;
    link.click();
  }

  /* ---- the clipboard ------------------------------------------------------------------------------------------- */

  /**
   * Puts plain text on the clipboard; true only when the browser said so, or took the text from our own handler.
   * @param {string} text
   */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // No secure context (http:// in a local network), or not allowed: the older way still may be.
    }
    let taken = false;
    /** @param {ClipboardEvent} event */
    const give = (event) => {
      if (!event.clipboardData) return;
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      taken = true;
    };
    document.addEventListener("copy", give, true);
    try {
      // Only the event counts: inside a dialog the command returns true and may have copied nothing.
      document.execCommand("copy");
    } catch {
      // The reader copies by hand then.
    } finally {
      document.removeEventListener("copy", give, true);
    }
    return taken;
  }

  /* ---- fields to be remembered --------------------------------------------------------------------------------- */

  /** Fields kept on the device: `{"version": 1, "fields": {id: value}}` under one key. */
  class Memory {
    /** @param {string} guide */
    constructor(guide) {
      this.key = `coaching-guide:${guide}:fields`;
    }

    /** @returns {Map<string, string>} */
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(this.key) || "{}");
        if (kept.version === 1) {
          return new Map(Object.entries(kept.fields).flatMap(([id, value]) => (typeof value === "string" ? [[id, value]] : [])));
        }
      } catch {
        // Blocked, or not ours: as if there were nothing.
      }
      return new Map();
    }

    /**
     * @param {Map<string, string>} fields
     * @returns {boolean} whether it is kept
     */
    write(fields) {
      // Where the browser blocks its storage, the page has a stand-in, which forgets with the page.
      if ("standIn" in localStorage) return false;
      try {
        if (fields.size) localStorage.setItem(this.key, JSON.stringify({ version: 1, fields: Object.fromEntries(fields) }));
        else localStorage.removeItem(this.key);
        return true;
      } catch {
        return false;
      }
    }
  }

  /* ---- the page ------------------------------------------------------------------------------------------------ */

  /**
   * @template {Element} T
   * @param {ParentNode} root
   * @param {string} selector
   * @param {new () => T} kind
   * @returns {T}
   */
  function one(root, selector, kind) {
    const found = root.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The message page lacks ${selector}.`);
    return found;
  }

  /**
   * @template {Element} T
   * @param {ParentNode} root
   * @param {string} selector
   * @param {new () => T} kind
   * @returns {T[]}
   */
  function all(root, selector, kind) {
    return /** @type {T[]} */ ([...root.querySelectorAll(selector)].filter((found) => found instanceof kind));
  }

  /** @param {string} text */
  const sentence = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const COPY_KEYS = /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "Cmd+C" : "Ctrl+C";

  class Composer {
    /**
     * @param {HTMLElement} host
     * @param {AbortSignal} signal  ends the listeners outside of the host
     */
    constructor(host, signal) {
      this.host = host;
      this.form = one(host, "form", HTMLFormElement);
      this.channels = all(host, "input[name=channel]", HTMLInputElement);
      this.tones = all(host, "[data-choice=tone] input", HTMLInputElement);
      this.inputs = all(host, ".guide-field input", HTMLInputElement);
      this.options = all(host, ".guide-options", HTMLFieldSetElement);
      this.keepers = all(host, ".guide-remember input", HTMLInputElement);
      this.remembered = one(host, ".guide-remember__state", HTMLElement);
      this.subject = one(host, "[data-part=subject]", HTMLElement);
      this.body = one(host, "[data-part=body]", HTMLElement);
      this.counter = one(host, ".guide-compose__count", HTMLElement);
      this.lack = one(host, ".guide-compose__missing", HTMLElement);
      this.note = one(host, ".guide-compose__note", HTMLElement);
      this.status = one(host, "[role=status]", HTMLElement);
      this.memory = new Memory(host.dataset.guide || "");
      this.sections = all(document, ".guide-message[data-variant]", HTMLElement);
      this.texts = new Map(
        this.sections.map((section) => {
          const subject = section.querySelector("[data-part=subject]");
          const body = one(section, "[data-part=body]", HTMLElement);
          return [section.dataset.variant || "", { subject: subject ? readPieces(subject) : [], body: readPieces(body) }];
        }),
      );
      this.labels = new Map(this.inputs.map((input) => [input.name, input.labels?.[0]?.textContent || ""]));
      this.hints = new Map(this.inputs.map((input) => [input.name, input.previousElementSibling?.textContent || ""]));
      /** @type {Filled} */
      this.filledSubject = { text: "", marks: [] };
      /** @type {Filled} */
      this.filledBody = { text: "", marks: [] };
      /** What the fields held before they were emptied. @type {Map<string, string> | null} */
      this.before = null;
      this.over = false;
      this.timer = 0;

      for (const [name, value] of this.memory.read()) if (!visit.values.has(name)) visit.values.set(name, value);
      this.pull();
      for (const group of all(host, "[data-choice=tone]", HTMLFieldSetElement)) one(group, "input", HTMLInputElement).checked = true;
      this.choose(this.anchors().find((anchor) => anchor === visit.anchor) || "", visit.channel);
      this.listen(signal);
      this.showMemory();
      this.show();
      this.takeOver();
      this.followHash();
    }

    anchors() {
      return this.tones.map((tone) => tone.value);
    }

    /** The chosen tone's button, which carries the facts of its channel. */
    chosen() {
      const channel = this.channels.find((input) => input.checked)?.value;
      const chosen = this.tones.find((input) => input.checked && groupOf(input).dataset.channel === channel);
      if (!chosen) throw new Error("The message page lacks a tone for its channel.");
      return chosen;
    }

    /**
     * Chooses a text by its anchor, or else a channel, or else the first text.
     * @param {string} anchor
     * @param {string} [channel]
     */
    choose(anchor, channel) {
      const tone = this.tones.find((input) => input.value === anchor);
      if (tone) tone.checked = true;
      const wanted = tone ? groupOf(tone).dataset.channel : channel;
      const button = this.channels.find((input) => input.value === wanted) || this.channels[0];
      if (button) button.checked = true;
    }

    pull() {
      for (const input of this.inputs) input.value = visit.values.get(input.name) || "";
    }

    takeOver() {
      for (const section of this.sections) {
        section.hidden = true;
        document.getElementById(section.dataset.variant || "")?.toggleAttribute("hidden", true);
      }
      document.getElementById("fields")?.toggleAttribute("hidden", true);
      for (const section of all(document, ".guide-change", HTMLElement)) section.hidden = true;
      this.host.hidden = false;
    }

    /** Goes where the address points, when that is one of the texts or the fields. */
    followHash() {
      const hash = location.hash.slice(1);
      if (hash === "fields") {
        this.inputs.find((input) => !fieldOf(input).hidden)?.focus();
      } else if (this.anchors().includes(hash)) {
        this.choose(hash);
        this.show();
        this.host.scrollIntoView();
      }
    }

    /** @param {AbortSignal} signal */
    listen(signal) {
      const { form } = this;
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("input", (event) => this.typed(event.target));
      form.addEventListener("change", (event) => this.changed(event.target));
      form.addEventListener("keydown", (event) => this.pressed(event));
      form.addEventListener("click", (event) => this.clicked(event));
      form.addEventListener("focusin", () => this.point());
      form.addEventListener("focusout", () => this.point());
      // Copied by hand it is plain text too, without the marks' colours.
      for (const part of [this.subject, this.body]) {
        part.addEventListener("copy", (event) => {
          if (!event.clipboardData) return;
          event.clipboardData.setData("text/plain", String(getSelection()));
          event.preventDefault();
          if (this.status.textContent?.includes(COPY_KEYS)) this.say("Copied.");
        });
      }
      addEventListener("hashchange", () => this.followHash(), { signal });
      addEventListener("storage", () => this.showMemory(), { signal });
    }

    /** @param {EventTarget | null} target */
    typed(target) {
      if (!(target instanceof HTMLInputElement) || !this.inputs.includes(target)) return;
      visit.values.set(target.name, target.value);
      this.before = null;
      const kept = this.memory.read();
      if (kept.has(target.name)) this.keep(kept.set(target.name, target.value));
      this.quiet();
      this.show();
    }

    /** @param {EventTarget | null} target */
    changed(target) {
      if (!(target instanceof HTMLInputElement) || this.inputs.includes(target)) return;
      if (this.keepers.includes(target)) {
        const kept = this.memory.read();
        if (target.checked) kept.set(target.name, visit.values.get(target.name) || "");
        else kept.delete(target.name);
        this.keep(kept);
        return;
      }
      this.quiet();
      if (target.type === "radio") {
        const chosen = this.chosen();
        visit.channel = groupOf(chosen).dataset.channel || "";
        visit.anchor = chosen.value;
        history.replaceState(history.state, "", `#${chosen.value}`);
      }
      this.show();
    }

    /** @param {KeyboardEvent} event */
    pressed(event) {
      if (event.key !== "Enter" || event.isComposing) return;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        void this.copyPart("body");
      } else if (event.target instanceof HTMLInputElement && this.inputs.includes(event.target)) {
        // "Next" on a phone's keyboard, and nothing to be sent on any other.
        const shown = this.inputs.filter((input) => !fieldOf(input).hidden);
        (shown[shown.indexOf(event.target) + 1] || this.button("body")).focus();
        event.preventDefault();
      }
    }

    /** @param {Event} event */
    clicked(event) {
      if (!(event.target instanceof Element)) return;
      const mark = event.target.closest("mark[data-field]");
      if (mark instanceof HTMLElement && getSelection()?.isCollapsed) this.input(mark.dataset.field || "")?.focus();
      const link = event.target.closest("a[data-link]");
      // What is half filled in is not sent by one slip of a finger; copying it stays possible.
      if (link && this.check()) event.preventDefault();
      const button = event.target.closest("button[data-do]");
      if (button instanceof HTMLElement) void this.act(button.dataset.do || "");
    }

    /** @param {string} what */
    async act(what) {
      if (what === "body" || what === "subject") {
        await this.copyPart(what);
      } else if (what === "plain") {
        this.plain();
      } else if (what === "check") {
        this.check();
      } else if (what === "save") {
        this.save();
      } else if (what === "sms") {
        if (!this.check() && (await this.copyPart("body"))) follow("sms:");
      } else if (what === "share") {
        if (!this.check()) await this.share();
      } else if (what === "clear") {
        this.clear();
      } else if (what === "forget") {
        this.keep(new Map());
        one(this.host, "summary", HTMLElement).focus();
        this.say("Forgotten on this device. What you typed stays here until you leave.");
      }
    }

    /** @param {string} what */
    button(what) {
      return one(this.host, `button[data-do=${what}]`, HTMLButtonElement);
    }

    /** @param {string} field */
    input(field) {
      return this.inputs.find((input) => input.name === field);
    }

    /** What the reader typed into a field, without spaces around it. @param {string} field */
    value(field) {
      return (visit.values.get(field) || "").replace(/\p{Surrogate}/gu, "\ufffd").trim();
    }

    /* -- shown -- */

    /** Shows the chosen text with what is typed, and everything that follows from it. */
    show() {
      const chosen = this.chosen();
      const facts = chosen.dataset;
      const noun = facts.noun || "message";
      const text = this.texts.get(chosen.value) || { subject: [], body: [] };
      const inner = text.body.flatMap((piece) => piece.pieces || []);
      const used = fieldsOf([...text.subject, ...text.body, ...inner, ...text.subject.flatMap((piece) => piece.pieces || [])]);
      const needed = fieldsOf([...text.subject, ...text.body]);

      for (const group of all(this.host, "[data-choice=tone]", HTMLFieldSetElement)) {
        group.hidden = group !== groupOf(chosen) || group.querySelectorAll("input").length < 2;
      }
      for (const input of this.inputs) {
        const length = [...this.value(input.name)].length;
        fieldOf(input).hidden = !used.has(input.name);
        const hint = input.previousElementSibling;
        const long = length > Number(input.dataset.most);
        if (!hint) continue;
        hint.toggleAttribute("data-long", long);
        hint.textContent = long
          ? `${length} characters; written for up to ${input.dataset.most}`
          : (needed.has(input.name) ? "" : "optional, ") + this.hints.get(input.name);
      }

      // A field that is still empty shows, and copies, as its name in brackets: nobody sends an example by mistake.
      const values = new Map([...used].map((field) => [field, this.value(field) || `[${this.labels.get(field)}]`]));
      /** @param {Piece[]} pieces @param {(number: number) => boolean} wanted */
      const filled = (pieces, wanted) => {
        const optional = pieces.flatMap((piece) => (piece.pieces ? [fieldsOf(piece.pieces)] : []));
        return fill(pieces, values, (number) => wanted(number) && [...(optional[number] || [])].every((field) => this.value(field)));
      };
      const boxes = all(this.host, `.guide-options[data-variant="${chosen.value}"] input`, HTMLInputElement);
      this.filledSubject = filled(text.subject, () => true);
      this.filledBody = filled(text.body, (number) => boxes[number]?.checked !== false);
      paint(this.subject, this.filledSubject, (field) => this.value(field) !== "");
      paint(this.body, this.filledBody, (field) => this.value(field) !== "");
      this.point();

      for (const group of this.options) group.hidden = group.dataset.variant !== chosen.value;
      text.body.filter((piece) => piece.pieces).forEach((piece, number) => {
        const hint = document.getElementById(boxes[number]?.getAttribute("aria-describedby") || "");
        const empty = [...fieldsOf(piece.pieces || [])].filter((field) => !this.value(field));
        if (!hint) return;
        hint.textContent = boxes[number]?.checked && empty.length ? `Left out until you fill in: ${this.names(empty)}.` : "";
      });

      this.showCount(count(facts, this.filledSubject.text, this.filledBody.text));
      this.showMissing();
      this.showWays(facts);
      const subjectLine = this.subject.closest(".guide-compose__subject");
      subjectLine?.toggleAttribute("hidden", !text.subject.length);
      this.button("body").textContent = `Copy ${noun}`;
      const clear = this.button("clear");
      clear.textContent = this.before ? "Undo" : "Empty all fields";
      clear.hidden = !this.before && !this.inputs.some((input) => input.value);
    }

    /** @param {Count} count */
    showCount({ says, over }) {
      one(this.counter, "span", HTMLElement).textContent = says;
      this.counter.hidden = !says;
      this.button("plain").hidden = this.chosen().dataset.gsm === undefined || !this.filledBody.text.match(FANCY);
      this.counter.dataset.state = over ? "over" : "fits";
      if (over && !this.over && !this.host.hidden) this.say(says);
      this.over = over;
    }

    counted() {
      return one(this.counter, "span", HTMLElement).textContent || "";
    }

    showMissing() {
      const missing = this.missing();
      one(this.lack, "span", HTMLElement).textContent = missing.length
        ? `Still empty: ${this.names(missing)}.`
        : "Every field is filled in.";
      this.lack.dataset.state = missing.length ? "open" : "done";
      this.button("check").hidden = !missing.length;
    }

    /** Shows the ways to send that this text can take. @param {DOMStringMap} facts */
    showWays(facts) {
      const ways = (facts.links || "").split(" ");
      const most = Number(this.host.dataset.longestAddress);
      this.note.textContent = "";
      for (const link of all(this.host, "a[data-link]", HTMLAnchorElement)) {
        const way = LINKS[link.dataset.link || ""];
        link.removeAttribute("href");
        link.hidden = true;
        if (!way || !ways.includes(link.dataset.link || "")) continue;
        const address = way.address(this.filledSubject.text, this.filledBody.text);
        if (address.length > most) {
          this.note.textContent = `Too long to open in ${way.name} (${address.length} characters as a link, ${most} is the most): copy it instead.`;
          continue;
        }
        link.href = address;
        link.hidden = false;
      }
      if (facts.gsm !== undefined) this.note.textContent = "Your messages app opens empty: paste the text there.";
      this.note.hidden = !this.note.textContent;
      this.button("sms").hidden = facts.gsm === undefined;
      this.button("share").hidden = typeof navigator.share !== "function";
    }

    /** Marks in the text the field that has the focus. */
    point() {
      const active = document.activeElement;
      const field = active instanceof HTMLInputElement && this.inputs.includes(active) ? active.name : "";
      for (const mark of all(this.form, "mark[data-field]", HTMLElement)) {
        mark.toggleAttribute("data-active", field !== "" && mark.dataset.field === field);
      }
    }

    /**
     * The fields that show in the text and are empty, in the order of the form.
     * @param {Filled[]} [parts]
     */
    missing(parts = [this.filledSubject, this.filledBody]) {
      const shown = new Set(parts.flatMap((part) => part.marks.map((mark) => mark.field)));
      return this.inputs.map((input) => input.name).filter((field) => shown.has(field) && !this.value(field));
    }

    /** @param {string[]} fields */
    names(fields) {
      return fields.map((field) => this.labels.get(field)).join(", ");
    }

    /* -- done -- */

    /** Says which fields are empty and goes to the first; false when there is none. */
    check() {
      const missing = this.missing();
      if (!missing.length) return false;
      this.say(`Still empty: ${this.names(missing)}.`);
      this.input(missing[0] || "")?.focus();
      return true;
    }

    /**
     * Copies subject or body as shown, and says what happened.
     * @param {"subject" | "body"} part
     */
    async copyPart(part) {
      const filled = part === "body" ? this.filledBody : this.filledSubject;
      const noun = this.chosen().dataset.noun || "message";
      const missing = this.missing([filled]);
      const back = document.activeElement;
      const copied = await copy(filled.text);
      if (!copied) {
        getSelection()?.selectAllChildren(part === "body" ? this.body : this.subject);
        this.say(`This browser does not let the page copy. The text is selected: press ${COPY_KEYS}.`);
        return false;
      }
      // Some browsers move the focus when a page copies.
      if (back instanceof HTMLElement && document.activeElement !== back) back.focus();
      const what = part === "subject" ? "Subject" : sentence(noun) + (this.filledSubject.text ? " text" : "");
      const rest = part === "body" && this.filledSubject.text ? " The subject has its own button." : "";
      const lack = missing.length ? ` Still empty: ${this.names(missing)}.` : "";
      const long = part === "body" && this.over && !this.filledSubject.text ? ` ${this.counted()}` : "";
      this.button(part).toggleAttribute("data-done", true);
      this.say(`${what} copied.${lack}${long}${rest}`);
      return true;
    }

    async share() {
      try {
        await navigator.share({ text: this.filledBody.text });
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== "AbortError") this.say("Sharing did not work here. Copy the text instead.");
      }
    }

    save() {
      const { text } = this.filledBody;
      const whole = this.filledSubject.text ? `Subject: ${this.filledSubject.text}\n\n${text}` : text;
      const address = URL.createObjectURL(new Blob([whole], { type: "text/plain;charset=utf-8" }));
      follow(address, `${this.host.dataset.message}-${this.chosen().value}.txt`);
      // The browser has to have begun before the address may go.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      const missing = this.missing();
      this.say(missing.length ? `Saved as a file. Still empty: ${this.names(missing)}.` : "Saved as a file.");
    }

    /** Empties the fields of all messages, but not those remembered; or takes it back. */
    clear() {
      if (this.before) {
        visit.values = this.before;
        this.before = null;
        this.say("Your words are back.");
      } else {
        this.before = visit.values;
        visit.values = this.memory.read();
        this.say("The fields are empty. Undo brings your words back.");
      }
      this.pull();
      this.show();
    }

    /** Writes plain quotation marks and dashes in the fields, so that a text message has room for more. */
    plain() {
      for (const input of this.inputs) {
        if (fieldOf(input).hidden) continue;
        input.value = input.value.replace(FANCY, (mark) => PLAIN[mark] || "");
        this.typed(input);
      }
      this.button("body").focus();
      this.say(this.counted());
    }

    /** Keeps these fields on the device, and says once when the browser refuses. @param {Map<string, string>} fields */
    keep(fields) {
      if (!this.memory.write(fields) && !visit.saidBlocked) {
        visit.saidBlocked = true;
        this.say("This browser lets the page remember nothing: its storage is blocked or full. Everything else works.");
      }
      this.showMemory();
    }

    /** Shows what is remembered: always what is really in the storage. */
    showMemory() {
      const kept = this.memory.read();
      for (const box of this.keepers) box.checked = kept.has(box.name);
      const here = [...kept.keys()].filter((field) => this.labels.has(field));
      const others = kept.size - here.length;
      const names = [...here.map((field) => this.labels.get(field)), ...(others ? [`${others} more`] : [])];
      one(this.remembered, "span", HTMLElement).textContent = `Remembered on this device: ${names.join(", ")}.`;
      this.remembered.hidden = !kept.size;
    }

    /** Says something once, also when it was the last thing said. @param {string} words */
    say(words) {
      clearTimeout(this.timer);
      this.status.textContent = "";
      this.timer = setTimeout(() => {
        this.status.textContent = words;
      }, 40);
    }

    /** Takes back what was said: after a change, "copied" would no longer be true. */
    quiet() {
      clearTimeout(this.timer);
      this.status.textContent = "";
      for (const button of all(this.host, "[data-done]", HTMLElement)) button.removeAttribute("data-done");
    }
  }

  /** @param {Piece[]} pieces @returns {Set<string>} */
  const fieldsOf = (pieces) => new Set(pieces.flatMap((piece) => (piece.field ? [piece.field] : [])));
  /** @param {HTMLInputElement} tone */
  const groupOf = (tone) => /** @type {HTMLFieldSetElement} */ (tone.closest("fieldset"));
  /** @param {HTMLInputElement} input */
  const fieldOf = (input) => /** @type {HTMLElement} */ (input.closest(".guide-field"));

  customElements.define(
    "guide-compose",
    class extends HTMLElement {
      /** For the tests, which compare them with the generator's. */
      static tools = { fill, countSms, mailto: LINKS.mailto?.address, whatsapp: LINKS.whatsapp?.address };

      connectedCallback() {
        this.gone = new AbortController();
        new Composer(this, this.gone.signal);
      }

      disconnectedCallback() {
        this.gone?.abort();
      }
    },
  );
})();
