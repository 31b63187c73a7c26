/**
 * Which text of a message is chosen: its channel and tone, and the parts of it that can be left out.
 */

/** @param {HTMLInputElement} tone */
const groupOf = (tone) => /** @type {HTMLFieldSetElement} */ (tone.closest("fieldset"));

class Choices {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.channels = all(host, "input[name=channel]", HTMLInputElement);
    this.groups = all(host, "[data-choice=tone]", HTMLFieldSetElement);
    this.tones = all(host, "[data-choice=tone] input", HTMLInputElement);
    this.options = all(host, ".guide-options", HTMLFieldSetElement);
    for (const group of this.groups) one(group, "input", HTMLInputElement).checked = true;
  }

  /** @param {string} anchor */
  has(anchor) {
    return this.tones.some((tone) => tone.value === anchor);
  }

  /** The chosen tone's button, which carries the facts of its channel. */
  chosen() {
    const channel = this.channels.find((input) => input.checked)?.value;
    const chosen = this.tones.find((input) => input.checked && groupOf(input).dataset.channel === channel);
    if (!chosen) throw new Error("The message page lacks a tone for its channel.");
    return chosen;
  }

  /**
   * Choose a text by its anchor, or else a channel, or else the first text.
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

  /** Let the next page, and the address of this one, know what was chosen here. */
  keep() {
    const chosen = this.chosen();
    visit.channel = groupOf(chosen).dataset.channel || "";
    visit.anchor = chosen.value;
    history.replaceState(history.state, "", `#${chosen.value}`);
  }

  /** The boxes of the chosen text's optional parts. */
  boxes() {
    const { value } = this.chosen();
    return this.options.filter((group) => group.dataset.variant === value).flatMap((group) => all(group, "input", HTMLInputElement));
  }

  /** Whether the reader wants the optional part with this number. @param {number} number */
  wants(number) {
    return this.boxes()[number]?.checked !== false;
  }

  /**
   * Show the choices that the chosen text leaves.
   * @param {Piece[]} body
   * @param {Fields} fields
   */
  show(body, fields) {
    const chosen = this.chosen();
    for (const group of this.groups) group.hidden = group !== groupOf(chosen) || group.querySelectorAll("input").length < 2;
    for (const group of this.options) group.hidden = group.dataset.variant !== chosen.value;
    const boxes = this.boxes();
    for (const [number, inner] of optionalOf(body).entries()) {
      const hint = document.getElementById(boxes[number]?.getAttribute("aria-describedby") || "");
      const empty = [...fieldsOf(inner)].filter((name) => !fields.value(name));
      if (!hint) continue;
      hint.textContent = boxes[number]?.checked && empty.length ? t("left_out_until", { fields: fields.names(empty) }) : "";
    }
  }
}
