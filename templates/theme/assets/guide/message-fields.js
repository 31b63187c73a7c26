/**
 * The fields of a message: what is typed into them, for the length of a visit.
 */

/** What was typed and chosen during this visit; gone with the document. */
const visit = {
  /** @type {Map<string, string>} */
  values: new Map(),
  channel: "",
  anchor: "",
};

class Fields {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.inputs = all(host, ".guide-field input", HTMLInputElement);
    this.rows = new Map(this.inputs.map((input) => [input, /** @type {HTMLElement} */ (input.closest(".guide-field"))]));
    this.labels = new Map(this.inputs.map((input) => [input.name, input.labels?.[0]?.textContent || ""]));
    for (const input of this.inputs) {
      input.maxLength = LONGEST_FIELD;
      input.dataset.hint ??= input.previousElementSibling?.textContent || "";
    }
  }

  /** @param {string} name */
  label(name) {
    return this.labels.get(name) || "";
  }

  /** The labels of fields, in one text. @param {string[]} names */
  names(names) {
    return names.map((name) => this.label(name)).join(", ");
  }

  /** @param {string} name */
  input(name) {
    return this.inputs.find((input) => input.name === name);
  }

  /** The inputs that the shown text uses. */
  shown() {
    return this.inputs.filter((input) => !this.rows.get(input)?.hidden);
  }

  /** What the reader typed into a field, without spaces around it. @param {string} name */
  value(name) {
    return (visit.values.get(name) || "").replace(/\p{Surrogate}/gu, "\ufffd").trim();
  }

  /** Put what was typed during the visit into the inputs. */
  pull() {
    for (const input of this.inputs) {
      const value = visit.values.get(input.name) || "";
      if (input.value !== value) input.value = value;
    }
  }

  /**
   * Show the fields that a text uses, each with its hint.
   * @param {Set<string>} used
   * @param {Set<string>} needed those outside of optional parts
   */
  show(used, needed) {
    for (const input of this.inputs) {
      this.rows.get(input)?.toggleAttribute("hidden", !used.has(input.name));
      const hint = input.previousElementSibling;
      const length = [...this.value(input.name)].length;
      const long = length > Number(input.dataset.most);
      if (!hint) continue;
      hint.toggleAttribute("data-long", long);
      hint.textContent = long
        ? t("field_long", { length, most: input.dataset.most ?? "" })
        : needed.has(input.name) ? (input.dataset.hint ?? "") : t("field_optional", { hint: input.dataset.hint ?? "" });
    }
  }

  /** The fields that stand in these texts and are empty, in the order of the form. @param {Filled[]} texts */
  missing(texts) {
    const used = new Set(texts.flatMap((text) => text.marks.map((mark) => mark.field)));
    return [...this.labels.keys()].filter((name) => used.has(name) && !this.value(name));
  }

  /**
   * Fill in a text. A field that is still empty shows, and copies, as its name in brackets: nobody sends an example by
   * mistake. An optional part waits for its fields.
   * @param {Piece[]} pieces
   * @param {(number: number) => boolean} wanted whether the reader wants the optional part with this number
   */
  fillIn(pieces, wanted) {
    const inner = optionalOf(pieces).map(fieldsOf);
    const values = new Map([...this.labels].map(([name, label]) => [name, this.value(name) || `[${label}]`]));
    return fill(pieces, values, (number) => wanted(number) && [...inner[number]].every((name) => this.value(name)));
  }
}
