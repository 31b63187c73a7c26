/**
 * A message leaves the page: copied, shared, saved, and it is said what happened.
 */

class Delivery {
  /**
   * @param {HTMLElement} host
   * @param {Fields} fields
   * @param {Result} result
   */
  constructor(host, fields, result) {
    this.host = host;
    this.fields = fields;
    this.result = result;
    /** What was said last, where everybody sees it. */
    this.line = one(host, ".guide-compose__said");
  }

  /** @param {string} words */
  say(words) {
    this.line.textContent = words;
    say(words);
  }

  /** Take back what was said: after a change, "copied" would no longer be true. */
  quiet() {
    this.say("");
    for (const button of all(this.host, "[data-done]")) button.removeAttribute("data-done");
  }

  /** @param {Filled[]} parts */
  lacking(parts) {
    const missing = this.fields.missing(parts);
    return missing.length ? ` ${t("still_empty", { fields: this.fields.names(missing) })}` : "";
  }

  /**
   * Copy subject or body as shown, and say what happened.
   * @param {"subject" | "body"} part
   * @returns {Promise<boolean>} whether it is on the clipboard
   */
  async copy(part) {
    const { subject, body, count, noun } = this.result;
    const filled = part === "body" ? body : subject;
    const lacking = this.lacking([filled]);
    const focused = document.activeElement;
    if (!(await copyText(filled.text))) {
      getSelection()?.selectAllChildren(part === "body" ? this.result.bodyPart : this.result.subjectPart);
      this.say(t("copy_refused", { keys: COPY_KEYS }));
      return false;
    }
    // Some browsers move the focus when a page copies.
    if (focused instanceof HTMLElement && document.activeElement !== focused) focused.focus();
    this.result.button(part).toggleAttribute("data-done", true);
    const words = { noun: noun.slice(0, 1).toUpperCase() + noun.slice(1) };
    if (part === "subject") this.say(t("copied_subject") + lacking);
    else if (subject.text) this.say(`${t("copied_text", words)}${lacking} ${t("copied_has_subject")}`);
    else this.say(`${t("copied", words)}${lacking}${count.over ? " " + count.says : ""}`);
    return true;
  }

  /** Copied by hand it is plain text too, without the marks' colours. @param {ClipboardEvent} event */
  copiedByHand(event) {
    const { target, clipboardData } = event;
    const shown = [this.result.subjectPart, this.result.bodyPart];
    if (!clipboardData || !(target instanceof Node) || !shown.some((part) => part.contains(target))) return;
    clipboardData.setData("text/plain", String(getSelection()));
    event.preventDefault();
    if (this.line.textContent?.includes(COPY_KEYS)) this.say(t("copied_by_hand"));
  }

  async share() {
    try {
      await navigator.share({ text: this.result.body.text });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      this.say(t("share_failed"));
    }
  }

  /** @param {string} variant */
  save(variant) {
    offerFile(`${this.host.dataset.message}-${variant}.txt`, "text/plain", this.result.whole());
    this.say(t("saved_file") + this.lacking([this.result.subject, this.result.body]));
  }
}
