/**
 * Fields of messages that this device remembers, one by one and only by the reader's wish.
 */

/** @returns {Map<string, string>} the remembered values by the fields' names */
const rememberedFields = () => new Map(store.all("field/").map(([key, value]) => [key.slice("field/".length), value]));

/**
 * Keep a field on the device. What the device does not take is taken back: a tick is a promise.
 * @param {string} name
 * @param {string} value
 */
function rememberField(name, value) {
  const undo = store.change({ [`field/${name}`]: value.slice(0, LONGEST_FIELD) });
  if (!store.keeps) undo();
}

/** @param {Iterable<string>} names */
function forgetFields(names) {
  store.change(Object.fromEntries([...names].map((name) => [`field/${name}`, null])));
}

/** Take over what earlier editions kept under a key of its own: `{"version": 1, "fields": {name: value}}`. */
function takeOverFields() {
  const key = `${store.key}:fields`;
  const kept = store.area?.getItem(key);
  const data = readJson(kept ?? "");
  if (!isRecord(data) || data.version !== 1 || !isRecord(data.fields)) return;
  /** @type {Record<string, string>} */
  const changes = {};
  for (const [name, value] of Object.entries(data.fields)) {
    const text = String(value).slice(0, LONGEST_FIELD);
    const entry = `field/${name}`;
    // What was remembered or forgotten here since then is newer.
    if (typeof value === "string" && isEntry(entry, { v: text, t: 0 }) && !store.entries.has(entry)) changes[entry] = text;
  }
  store.change(changes, true);
  if (store.keeps) store.area?.removeItem(key);
}

takeOverFields();

/** The part of the message form in which the reader chooses what is remembered. */
class Remembering {
  /**
   * @param {HTMLElement} host
   * @param {Fields} fields
   */
  constructor(host, fields) {
    this.fields = fields;
    this.boxes = all(host, ".guide-remember input", HTMLInputElement);
    this.summary = one(host, ".guide-remember summary");
    this.line = one(host, ".guide-remember__state");
    /** What was remembered when it was last looked at. */
    this.seen = rememberedFields();
    for (const [name, value] of this.seen) if (!visit.values.has(name)) visit.values.set(name, value);
  }

  /** A box was ticked or cleared. @param {HTMLInputElement} box */
  changed(box) {
    if (box.checked) rememberField(box.name, visit.values.get(box.name) || "");
    else forgetFields([box.name]);
    this.show();
  }

  /** Something was typed. @param {string} name */
  typed(name) {
    if (this.seen.has(name)) rememberField(name, visit.values.get(name) || "");
  }

  forget() {
    forgetFields(rememberedFields().keys());
    this.summary.focus();
  }

  /** Take over what another tab remembers anew, but not over what was typed here; true when something was. */
  follow() {
    const now = rememberedFields();
    let taken = false;
    for (const [name, value] of now) {
      const here = visit.values.get(name) || "";
      if (here === value || here !== (this.seen.get(name) ?? "")) continue;
      visit.values.set(name, value);
      taken = true;
    }
    this.seen = now;
    return taken;
  }

  /** Show what is remembered: always what is really kept. */
  show() {
    const kept = rememberedFields();
    for (const box of this.boxes) box.checked = kept.has(box.name);
    const here = [...this.fields.labels.keys()].filter((name) => kept.has(name));
    const others = kept.size - here.length;
    const names = [...here.map((name) => this.fields.label(name)), ...(others ? [t("remembered_more", { n: others })] : [])];
    one(this.line, "span").textContent = t("remembered", { fields: names.join(", ") });
    this.line.hidden = !kept.size;
  }
}
