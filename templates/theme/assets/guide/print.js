/**
 * The page /print/: the reader chooses lists, lessons and messages; the sheets, which the page brought in templates,
 * are shown as they will print and go to the printer in one go.
 *
 * The choice stays in memory for the visit. An address may carry the id of a page (#checklists/ID), never a choice.
 */

/** Where paper is Letter: the countries of the browser's language, for want of anything that says it better. */
const LETTER_COUNTRIES = /-(?:US|CA|MX|PH|CL|CO|VE|CR|DO|GT|PA|PR|SV)\b/i;

/** What the reader chose, kept while the document lives. */
const printChosen = /** @type {Set<string>} */ (new Set());
/** The run of each list, where one was chosen. @type {Map<string, string>} */
const printRuns = new Map();
const printHow = { paper: LETTER_COUNTRIES.test(navigator.language) ? "Letter" : "A4", length: "long", mine: "blank" };

class GuidePrint extends Connected {
  /** The rows of the choice by name, in the order of the page. @type {Map<string, HTMLInputElement>} */
  boxes = new Map();
  /** The sheets that are shown. @type {Map<string, HTMLElement>} */
  sheets = new Map();
  /** The size of the paper. A style element would be stopped by the policy that the site can be served with. */
  size = new CSSStyleSheet();

  get form() {
    return one(this, "form", HTMLFormElement);
  }

  get preview() {
    return one(this, ".guide-print__preview");
  }

  /** @param {AbortSignal} signal */
  connected(signal) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.size];
    signal.addEventListener("abort", () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.size);
    });
    for (const box of all(this, ".guide-print__row input", HTMLInputElement)) {
      this.boxes.set(box.name, box);
      box.checked = printChosen.has(box.name);
    }
    for (const hidden of this.form.querySelectorAll("[hidden]:not(.guide-print__trouble)")) hidden.removeAttribute("hidden");
    this.querySelector(".guide-print__plain")?.remove();
    for (const [name, value] of Object.entries(printHow)) {
      const radio = this.form.querySelector(`input[name="${name}"][value="${value}"]`);
      if (radio instanceof HTMLInputElement) radio.checked = true;
    }
    this.form.addEventListener("change", (event) => this.changed(/** @type {HTMLElement} */ (event.target)), { signal });
    this.form.addEventListener("submit", (event) => this.print(event), { signal });
    this.form.querySelector('[data-do="none"]')?.addEventListener("click", () => this.chooseNone(), { signal });
    window.addEventListener("hashchange", () => this.follow(), { signal });
    store.addEventListener("change", () => this.show(), { signal });
    this.follow();
    this.show();
  }

  /** The boxes of the rows beside one that stands for all. @param {HTMLInputElement} every */
  groupOf(every) {
    return all(every.closest("fieldset") ?? this, ".guide-print__row input", HTMLInputElement);
  }

  /** Choose what the address names: a link on a list's own page leads here. */
  follow() {
    const box = this.boxes.get(decodeURIComponent(location.hash.slice(1)));
    if (!box) return;
    const kind = box.closest("details");
    if (kind) kind.open = true;
    box.checked = true;
    this.show();
  }

  /** @param {HTMLElement} target */
  changed(target) {
    if (target instanceof HTMLSelectElement) printRuns.set(target.name, target.value);
    else if (target.closest(".guide-print__all") && target instanceof HTMLInputElement) {
      for (const box of this.groupOf(target)) box.checked = target.checked;
    }
    this.show();
  }

  chooseNone() {
    for (const box of this.boxes.values()) box.checked = false;
    this.show();
    this.boxes.values().next().value?.focus();
  }

  /** @param {SubmitEvent} event */
  print(event) {
    event.preventDefault();
    if (!printChosen.size) {
      say(t("print_first"));
      this.boxes.values().next().value?.focus();
      return;
    }
    window.print();
    // Some browsers of phones do nothing, and do not say so.
    this.querySelector(".guide-print__trouble")?.removeAttribute("hidden");
  }

  /** Take over what the form says, and show it. */
  show() {
    const form = new FormData(this.form);
    for (const name of /** @type {(keyof typeof printHow)[]} */ (Object.keys(printHow))) printHow[name] = String(form.get(name) ?? printHow[name]);
    this.size.replaceSync(`@page { size: ${printHow.paper} }`);
    this.preview.classList.toggle("guide-print__preview--short", printHow.length === "short");
    printChosen.clear();
    for (const [name, box] of this.boxes) {
      if (box.checked) printChosen.add(name);
      this.offerRuns(name, box);
      this.showSheet(name, box);
    }
    this.preview.hidden = printChosen.size === 0;
    this.showGroups();
    this.showCount();
  }

  showGroups() {
    for (const every of all(this, ".guide-print__all input", HTMLInputElement)) {
      const boxes = this.groupOf(every);
      const number = boxes.filter((box) => box.checked).length;
      every.checked = number === boxes.length;
      every.indeterminate = number > 0 && !every.checked;
    }
  }

  showCount() {
    const parts = Object.entries(JSON.parse(this.dataset.counts ?? "{}")).flatMap(([kind, forms]) => {
      const number = [...printChosen].filter((name) => name.startsWith(`${kind}/`)).length;
      return number ? [t(forms, { n: number })] : [];
    });
    const text = parts.length ? t("print_chosen", { what: parts.join(", ") }) : t("print_nothing");
    const count = one(this, ".guide-print__count");
    if (count.textContent !== text) count.textContent = text;
    this.querySelector('[data-do="none"]')?.toggleAttribute("hidden", !parts.length);
  }

  /**
   * Where a list has named runs and ticks are printed, let the reader say whose.
   * @param {string} name
   * @param {HTMLInputElement} box
   */
  offerRuns(name, box) {
    const row = box.closest("li");
    const list = name.split("/")[1];
    const named = name.startsWith("checklists/") && printHow.mine === "mine" && box.checked ? runsOf(list) : [];
    let label = row?.querySelector(".guide-print__run");
    if (!named.length) {
      label?.remove();
      return;
    }
    const now = this.runOf(list);
    const option = (/** @type {string} */ id, /** @type {string} */ words) => {
      const one = make("option", { value: id }, words);
      one.selected = id === now;
      return one;
    };
    const options = [option("", t("run_none")), ...named.map(([id, run]) => option(id, run.name))];
    if (!label) {
      label = make("label", { class: "guide-print__run" }, t("run_ticks"), " ", make("select", { name: list }));
      row?.append(label);
    }
    const select = /** @type {HTMLSelectElement} */ (label.querySelector("select"));
    const same = [...select.options].map((one) => one.text).join("\n") === options.map((one) => one.text).join("\n");
    if (same) select.value = now;
    else select.replaceChildren(...options);
  }

  /** The run whose ticks a list gets: the one chosen here, else the one last looked at. @param {string} list */
  runOf(list) {
    const run = printRuns.get(list) ?? store.get(`current/${list}`) ?? "";
    return store.get(`run/${run}`) ? run : "";
  }

  /**
   * @param {string} name
   * @param {HTMLInputElement} box
   */
  showSheet(name, box) {
    let sheet = this.sheets.get(name);
    if (!box.checked) {
      sheet?.remove();
      this.sheets.delete(name);
      return;
    }
    if (!sheet) {
      const template = box.closest("li")?.querySelector("template");
      sheet = /** @type {HTMLElement} */ (template?.content.querySelector(".guide-sheet")?.cloneNode(true));
      if (!sheet) return;
      this.sheets.set(name, sheet);
      // In the order of the page, whatever was chosen first.
      const names = [...(this.boxes.keys())];
      const next = names.slice(names.indexOf(name) + 1).find((other) => this.sheets.get(other)?.isConnected);
      this.preview.insertBefore(sheet, (next && this.sheets.get(next)) || null);
    }
    fillSheet(sheet, printHow.mine === "mine", (list) => this.runOf(list));
  }
}

define("guide-print", GuidePrint);
