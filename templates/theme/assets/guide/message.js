/**
 * The message page: fill in, choose channel and tone, count, copy, send.
 *
 * The server writes the form, hidden, and below it every text with its examples. This script reads the texts from the
 * page, shows the form in their place and keeps what is typed in a variable, for the visit: one document, with instant
 * navigation. Nothing typed goes into an address of the site, or into storage unless the reader asks for it.
 */

class Composer {
  /**
   * @param {HTMLElement} host
   * @param {AbortSignal} signal ends the listeners
   */
  constructor(host, signal) {
    this.host = host;
    this.fields = new Fields(host);
    this.choices = new Choices(host);
    this.result = new Result(host, this.fields);
    this.remembering = new Remembering(host, this.fields);
    this.delivery = new Delivery(host, this.fields, this.result);
    this.sections = all(document, ".guide-message[data-variant]");
    this.texts = new Map(
      this.sections.map((section) => {
        const subject = section.querySelector("[data-part=subject]");
        const body = one(section, "[data-part=body]");
        return [section.dataset.variant || "", { subject: subject ? readPieces(subject) : [], body: readPieces(body) }];
      }),
    );
    /** What the fields held before they were emptied. @type {Map<string, string> | null} */
    this.before = null;

    this.fields.pull();
    this.choices.choose(this.choices.has(visit.anchor) ? visit.anchor : "", visit.channel);
    this.listen(signal);
    this.remembering.show();
    this.show();
    this.takeOver();
    this.followHash();
  }

  /** Take the place of the texts with examples. */
  takeOver() {
    for (const section of this.sections) {
      section.hidden = true;
      document.getElementById(section.dataset.variant || "")?.toggleAttribute("hidden", true);
    }
    document.getElementById("fields")?.toggleAttribute("hidden", true);
    for (const section of all(document, ".guide-change")) section.hidden = true;
    this.host.hidden = false;
  }

  /** Go where the address points, when that is one of the texts or the fields. */
  followHash() {
    const hash = location.hash.slice(1);
    if (hash === "fields") {
      this.fields.shown()[0]?.focus();
    } else if (this.choices.has(hash)) {
      this.choices.choose(hash);
      this.show();
      this.host.scrollIntoView();
    }
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const form = one(this.host, "form", HTMLFormElement);
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("input", (event) => this.typed(event.target), { signal });
    form.addEventListener("change", (event) => this.changed(event.target), { signal });
    form.addEventListener("keydown", (event) => this.pressed(event), { signal });
    form.addEventListener("click", (event) => this.clicked(event), { signal });
    form.addEventListener("focusin", () => this.result.point(), { signal });
    form.addEventListener("focusout", () => this.result.point(), { signal });
    form.addEventListener("copy", (event) => this.delivery.copiedByHand(event), { signal });
    addEventListener("hashchange", () => this.followHash(), { signal });
    store.addEventListener("change", () => this.heard(), { signal });
  }

  /** Something changed in the store, perhaps in another tab. */
  heard() {
    const taken = this.remembering.follow();
    this.remembering.show();
    if (!taken) return;
    this.fields.pull();
    this.delivery.quiet();
    this.show();
  }

  /** @param {EventTarget | null} target */
  typed(target) {
    const input = this.fields.inputs.find((one) => one === target);
    if (!input) return;
    visit.values.set(input.name, input.value);
    this.before = null;
    this.remembering.typed(input.name);
    this.delivery.quiet();
    this.show();
  }

  /** @param {EventTarget | null} target */
  changed(target) {
    if (!(target instanceof HTMLInputElement) || target.type === "text") return;
    if (this.remembering.boxes.includes(target)) {
      this.remembering.changed(target);
      return;
    }
    this.delivery.quiet();
    if (target.type === "radio") this.choices.keep();
    this.show();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    const shown = this.fields.shown();
    const at = shown.findIndex((input) => input === event.target);
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      void this.delivery.copy("body");
    } else if (at >= 0) {
      // "Next" on a phone's keyboard, and nothing to be sent on any other.
      (shown[at + 1] || this.result.button("body")).focus();
      event.preventDefault();
    }
  }

  /** @param {Event} event */
  clicked(event) {
    if (!(event.target instanceof Element)) return;
    const mark = event.target.closest("mark[data-field]");
    if (mark instanceof HTMLElement && getSelection()?.isCollapsed) this.fields.input(mark.dataset.field || "")?.focus();
    // What is half filled in is not sent by one slip of a finger; copying it stays possible.
    if (event.target.closest("a[data-link]") && this.check()) event.preventDefault();
    const button = event.target.closest("button[data-do]");
    if (button instanceof HTMLElement) void this.act(button.dataset.do || "");
  }

  /** @param {string} what */
  async act(what) {
    if (what === "body" || what === "subject") {
      await this.delivery.copy(what);
    } else if (what === "plain") {
      this.plain();
    } else if (what === "check") {
      this.check();
    } else if (what === "save") {
      this.delivery.save(this.choices.chosen().value);
    } else if (what === "sms") {
      if (!this.check() && (await this.delivery.copy("body"))) make("a", { href: "sms:" }).click();
    } else if (what === "share") {
      if (!this.check()) await this.delivery.share();
    } else if (what === "clear") {
      this.clear();
    } else if (what === "forget") {
      this.remembering.forget();
      this.delivery.say(t("forgotten_fields"));
    }
  }

  /** Show the chosen text with what is typed, and everything that follows from it. */
  show() {
    const { dataset: facts, value: anchor } = this.choices.chosen();
    const { subject, body } = this.texts.get(anchor) || { subject: [], body: [] };
    const needed = fieldsOf([...subject, ...body]);
    const used = new Set([...needed, ...fieldsOf([...optionalOf(subject), ...optionalOf(body)].flat())]);
    this.fields.show(used, needed);
    this.choices.show(body, this.fields);
    const wasOver = this.result.count.over;
    this.result.show(
      this.fields.fillIn(subject, () => true),
      this.fields.fillIn(body, (number) => this.choices.wants(number)),
      facts,
    );
    const { says, over } = this.result.count;
    if (over && !wasOver && !this.host.hidden) this.delivery.say(says);
    const clear = this.result.button("clear");
    clear.textContent = t(this.before ? "undo" : "clear");
    clear.hidden = !this.before && !this.fields.inputs.some((input) => input.value);
  }

  /** Say which fields are empty and go to the first; false when there is none. */
  check() {
    const missing = this.result.missing();
    if (!missing.length) return false;
    this.delivery.say(t("still_empty", { fields: this.fields.names(missing) }));
    this.fields.input(missing[0])?.focus();
    return true;
  }

  /** Empty the fields of all messages, but not those remembered; or take it back. */
  clear() {
    const words = t(this.before ? "cleared_back" : "cleared");
    [visit.values, this.before] = this.before ? [this.before, null] : [rememberedFields(), visit.values];
    this.fields.pull();
    this.show();
    this.delivery.say(words);
  }

  /** Write plain quotation marks and dashes in the fields, so that a text message has room for more. */
  plain() {
    for (const input of this.fields.shown()) {
      input.value = input.value.replace(FANCY, (mark) => PLAIN[mark] || "");
      this.typed(input);
    }
    this.result.button("body").focus();
    this.delivery.say(this.result.count.says);
  }
}

define(
  "guide-compose",
  class extends Connected {
    /** For the tests, which compare them with the generator's. */
    static tools = { fill, countSms, mailto: LINKS.mailto.address, whatsapp: LINKS.whatsapp.address };

    /** @param {AbortSignal} signal */
    connected(signal) {
      new Composer(this, signal);
    }
  },
);
