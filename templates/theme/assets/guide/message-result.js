/**
 * What becomes of a message: the filled text, its count, what is missing, the ways to send it.
 */

class Result {
  /**
   * @param {HTMLElement} host
   * @param {Fields} fields
   */
  constructor(host, fields) {
    this.host = host;
    this.fields = fields;
    this.subjectPart = one(host, "[data-part=subject]");
    this.bodyPart = one(host, "[data-part=body]");
    this.subjectLine = one(host, ".guide-compose__subject");
    this.counter = one(host, ".guide-compose__count");
    this.lack = one(host, ".guide-compose__missing");
    this.note = one(host, ".guide-compose__note");
    /** @type {Filled} */
    this.subject = { text: "", marks: [] };
    /** @type {Filled} */
    this.body = { text: "", marks: [] };
    /** @type {Count} */
    this.count = { says: "", over: false };
    this.noun = t("a_message");
  }

  /** @param {string} what */
  button(what) {
    return one(this.host, `button[data-do=${what}]`, HTMLButtonElement);
  }

  /**
   * Show a filled text with everything that follows from it.
   * @param {Filled} subject
   * @param {Filled} body
   * @param {DOMStringMap} facts what the server says about the channel
   */
  show(subject, body, facts) {
    this.subject = subject;
    this.body = body;
    this.noun = facts.noun || t("a_message");
    paint(this.subjectPart, subject, (field) => this.fields.value(field) !== "");
    paint(this.bodyPart, body, (field) => this.fields.value(field) !== "");
    this.subjectLine.hidden = !subject.text;
    this.button("body").textContent = t("copy", { noun: this.noun });
    this.point();
    this.showCount(facts);
    this.showMissing();
    this.showWays(facts);
  }

  /** @param {DOMStringMap} facts */
  showCount(facts) {
    this.count = count(facts, this.subject.text, this.body.text);
    one(this.counter, "span").textContent = this.count.says;
    this.counter.hidden = !this.count.says;
    this.counter.dataset.state = this.count.over ? "over" : "fits";
    this.button("plain").hidden = facts.gsm === undefined || !this.body.text.match(FANCY);
  }

  /** The fields that show in the text and are empty. */
  missing() {
    return this.fields.missing([this.subject, this.body]);
  }

  showMissing() {
    const missing = this.missing();
    one(this.lack, "span").textContent = missing.length
      ? t("still_empty", { fields: this.fields.names(missing) })
      : t("all_filled");
    this.lack.dataset.state = missing.length ? "open" : "done";
    this.button("check").hidden = !missing.length;
  }

  /** Show the ways to send that this text can take. @param {DOMStringMap} facts */
  showWays(facts) {
    const ways = (facts.links || "").split(" ");
    const most = Number(this.host.dataset.longestAddress);
    this.note.textContent = "";
    for (const link of all(this.host, "a[data-link]", HTMLAnchorElement)) {
      const way = LINKS[link.dataset.link || ""];
      link.hidden = true;
      if (!way || !ways.includes(link.dataset.link || "")) continue;
      const address = way.address(this.subject.text, this.body.text);
      if (address.length > most) {
        this.note.textContent = t("link_long", { name: way.name, length: address.length, most });
        continue;
      }
      link.href = address;
      if (link.protocol === "https:") Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      link.hidden = false;
    }
    if (facts.note) this.note.textContent = facts.note;
    this.note.hidden = !this.note.textContent;
    this.button("sms").hidden = facts.gsm === undefined;
    this.button("share").hidden = typeof navigator.share !== "function";
  }

  /** Mark in the text the field that has the focus. */
  point() {
    const active = this.fields.inputs.find((input) => input === document.activeElement)?.name;
    for (const mark of all(this.host, "mark[data-field]")) {
      mark.toggleAttribute("data-active", mark.dataset.field === active);
    }
  }

  /** The message as a file holds it. */
  whole() {
    return this.subject.text ? `${t("subject_line", { subject: this.subject.text })}\n\n${this.body.text}` : this.body.text;
  }
}
