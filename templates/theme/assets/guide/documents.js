/**
 * What is kept, as text: the document in the storage, and the file that a reader takes along. Both come from outside of
 * the page and are read with care.
 */

/** @typedef {Record<"added" | "changed" | "removed" | "same", number>} Tally  How many there are of each. */
/** @typedef {{ kinds: Map<string, Tally>, entries: Map<string, Entry>, strange: number }} Preview */

/** @param {string} text @returns {unknown} the data, undefined when it is no JSON */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Read the stored document.
 * @param {string} raw
 * @param {Renames} renames
 * @returns {{ entries: Map<string, Entry>, strange: Map<string, unknown> } | "newer" | "damaged"} the entries known here
 *   and those of another edition; or why it cannot be used
 */
function readStored(raw, renames) {
  const data = readJson(raw);
  if (isRecord(data) && typeof data.version === "number" && data.version > VERSION) return "newer";
  if (!isRecord(data) || data.version !== VERSION || !isRecord(data.entries)) return "damaged";
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** @type {Map<string, unknown>} */
  const strange = new Map();
  for (const [key, entry] of Object.entries(data.entries)) {
    if (isEntry(key, entry)) renames.add(entries, key, entry);
    else strange.set(key, entry);
  }
  return { entries, strange };
}

/**
 * Return everything as the text of a file.
 * @param {Store} store
 */
function savedFile(store) {
  store.read();
  const saved = new Date().toISOString();
  const entries = Object.fromEntries(store.entries);
  return JSON.stringify({ format: FORMAT, version: VERSION, guide: store.id, saved, entries }, null, 1) + "\n";
}

/**
 * Read a file that somebody gives us, and tell what it would change. Nothing is changed yet.
 * @param {Store} store
 * @param {string} text
 * @returns {Preview | string} the preview, or in words why the file cannot be used
 */
function previewFile(store, text) {
  if (text.length > LARGEST_FILE) return t("plan.file_large");
  const data = readJson(text);
  if (data === undefined) return t("plan.file_unread");
  if (!isRecord(data) || data.format !== FORMAT || !isRecord(data.entries)) return t("plan.file_other");
  if (data.guide !== store.id) return t("plan.file_guide");
  if (data.version !== VERSION) return t("plan.file_edition");
  const given = Object.entries(data.entries);
  if (given.length > MOST_ENTRIES) return t("plan.file_large");
  /** @type {Map<string, Entry>} */
  const found = new Map();
  let strange = 0;
  for (const [key, entry] of given) {
    if (isEntry(key, entry)) store.renames.add(found, key, { v: entry.v, t: Math.min(entry.t, Date.now()) });
    else if (Object.hasOwn(KINDS, kindOf(key))) return t("plan.file_damaged");
    else strange += 1;
  }
  store.read();
  return { ...compared(found, store.entries), strange };
}

/**
 * Return what entries would change of those that are here, and by kind how many.
 * @param {Map<string, Entry>} given
 * @param {Map<string, Entry>} here
 */
function compared(given, here) {
  /** @type {Map<string, Tally>} */
  const kinds = new Map();
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (const [key, entry] of given) {
    const old = here.get(key);
    const newer = wins(entry, old);
    const same = JSON.stringify(old?.v ?? null) === JSON.stringify(entry.v);
    if (newer && !same) entries.set(key, entry);
    if (!KINDS[kindOf(key)].counted || (entry.v === null && same)) continue;
    const tally = kinds.get(kindOf(key)) ?? { added: 0, changed: 0, removed: 0, same: 0 };
    if (!newer || same) tally.same += 1;
    else if (entry.v === null) tally.removed += 1;
    else if (old === undefined || old.v === null) tally.added += 1;
    else tally.changed += 1;
    kinds.set(kindOf(key), tally);
  }
  return { kinds, entries };
}
