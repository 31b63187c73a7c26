/**
 * The one store of the page, shared by all tabs of this browser. entries.js says what is in it.
 */

/** @typedef {"blocked" | "full" | "damaged" | "stuck" | "newer"} Trouble  What is wrong; trouble.js says it in words. */

/**
 * It tells what happens with events: "change", whose detail is the set of changed keys; "read" after taking over what
 * another tab wrote; "write" after the reader changed something, whether it could be written or not.
 */
class Store extends EventTarget {
  /**
   * @param {string} id the guide's
   * @param {Renames} renames
   */
  constructor(id, renames) {
    super();
    this.id = id;
    this.key = `${FORMAT}:${id}`;
    this.renames = renames;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** Entries of kinds that only another edition knows: kept, never used. @type {Map<string, unknown>} */
    this.strange = new Map();
    /** Keys this tab has changed: another tab that wrote at the same moment may not have seen them. @type {Set<string>} */
    this.mine = new Set();
    /** @type {Trouble | ""} */
    this.trouble = "";
    /** @type {Storage | null} */
    this.area = null;
    /** @type {string | null} */
    this.raw = null;
    try {
      // main.html puts a stand-in in the place of storage that is blocked.
      if (id && !("standIn" in window.localStorage)) this.area = window.localStorage;
      this.area?.getItem(this.key);
    } catch {
      this.area = null;
    }
    if (!this.area) this.trouble = "blocked";
    this.read();
    window.addEventListener("storage", (event) => this.heard(event));
    // A page that comes back from the browser's back-forward cache has slept through the events.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.refresh();
    });
  }

  /** Whether what is changed now outlives the page. */
  get keeps() {
    return this.area !== null && this.trouble !== "full";
  }

  /** Read what is stored, keeping what this tab changed later. */
  read() {
    if (!this.area) return;
    const raw = this.area.getItem(this.key);
    if (raw === this.raw) return;
    if (raw === null) {
      // Another tab forgot everything.
      this.raw = null;
      this.entries.clear();
      this.strange.clear();
      this.mine.clear();
      return;
    }
    const found = readStored(raw, this.renames);
    if (found === "newer") {
      this.area = null;
      this.trouble = "newer";
      return;
    }
    if (found === "damaged") {
      this.putAside(raw);
      return;
    }
    this.raw = raw;
    for (const key of this.mine) {
      const own = this.entries.get(key);
      if (own && wins(own, found.entries.get(key))) found.entries.set(key, own);
    }
    this.entries = found.entries;
    this.strange = found.strange;
  }

  /** @param {string} raw */
  putAside(raw) {
    if (!this.area) return;
    try {
      this.area.setItem(`${this.key}:damaged-${Date.now()}`, raw);
      this.area.removeItem(this.key);
      this.raw = null;
      this.trouble = "damaged";
    } catch {
      this.area = null;
      this.trouble = "stuck";
    }
  }

  /** Write everything; what cannot be written stays in this page. */
  write() {
    if (!this.area) return;
    const entries = Object.fromEntries([...this.strange, ...this.entries]);
    const raw = JSON.stringify({ version: VERSION, guide: this.id, entries });
    try {
      this.area.setItem(this.key, raw);
      this.raw = raw;
      if (this.trouble === "full") this.trouble = "";
    } catch {
      this.trouble = "full";
    }
  }

  /** @param {StorageEvent} event */
  heard(event) {
    if (!this.area || event.storageArea !== this.area) return;
    if (event.key === this.key || event.key === null) this.refresh();
  }

  /** Take over what another tab wrote, and write again what it had not seen of this one. */
  refresh() {
    const old = new Map(this.entries);
    this.read();
    const keys = new Set([...old.keys(), ...this.entries.keys()]);
    for (const key of keys) {
      if (JSON.stringify(old.get(key)) === JSON.stringify(this.entries.get(key))) keys.delete(key);
    }
    if (this.missing()) this.write();
    this.tell(keys);
    this.dispatchEvent(new Event("read"));
  }

  /** Whether the stored document lacks something that this tab changed. */
  missing() {
    const stored = this.raw === null ? null : JSON.parse(this.raw).entries;
    return [...this.mine].some((key) => {
      const own = this.entries.get(key);
      return own && stored && (!isEntry(key, stored[key]) || wins(own, stored[key]));
    });
  }

  /** @param {Set<string>} keys */
  tell(keys) {
    if (keys.size) this.dispatchEvent(new CustomEvent("change", { detail: keys }));
  }

  /**
   * Return a value, undefined when there is none.
   * @param {string} key
   * @returns {any}
   */
  get(key) {
    return this.entries.get(key)?.v ?? undefined;
  }

  /**
   * Return keys and values of all entries whose key begins so, in the order in which they came to be.
   * @param {string} start
   * @returns {[string, any][]}
   */
  all(start) {
    /** @type {[string, any][]} */
    const found = [];
    for (const [key, entry] of this.entries) {
      if (key.startsWith(start) && entry.v !== null) found.push([key, entry.v]);
    }
    return found;
  }

  /**
   * Change entries; null removes one.
   * @param {Record<string, unknown>} changes
   * @param {boolean} [quiet] whether the reader did nothing to cause it, so that trouble need not be told
   * @returns {() => void} takes the change back, except where something else has changed since
   */
  change(changes, quiet = false) {
    this.read();
    /** @type {Map<string, Entry>} */
    const now = new Map();
    for (const [key, v] of Object.entries(changes)) {
      now.set(key, { v, t: Math.max(Date.now(), (this.entries.get(key)?.t ?? 0) + 1) });
    }
    return this.put(now, quiet);
  }

  /**
   * @param {Map<string, Entry>} entries
   * @param {boolean} quiet
   */
  put(entries, quiet) {
    /** @type {Map<string, unknown>} */
    const before = new Map();
    for (const [key, entry] of entries) {
      before.set(key, this.get(key) ?? null);
      this.entries.set(key, entry);
      this.mine.add(key);
    }
    this.write();
    this.tell(new Set(entries.keys()));
    if (!quiet) this.dispatchEvent(new Event("write"));
    return () => {
      this.read();
      const still = [...before].filter(([key]) => this.entries.get(key)?.t === entries.get(key)?.t);
      this.change(Object.fromEntries(still));
    };
  }

  /**
   * Take over what a file has, where it is newer.
   * @param {Preview} preview
   */
  accept(preview) {
    this.read();
    return this.put(new Map([...preview.entries].filter(([key, entry]) => wins(entry, this.entries.get(key)))), false);
  }

  /**
   * Return how many entries of each kind there are, kinds without any left out.
   * @returns {Map<string, number>}
   */
  counts() {
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const [key, entry] of this.entries) {
      const kind = kindOf(key);
      if (entry.v !== null && KINDS[kind].counted) found.set(kind, (found.get(kind) ?? 0) + 1);
    }
    return found;
  }

  /** Remove everything of this guide from the device, what was put aside too; other guides keep theirs. */
  forget() {
    const keys = new Set(this.entries.keys());
    this.entries.clear();
    this.strange.clear();
    this.mine.clear();
    this.raw = null;
    try {
      for (const area of [window.localStorage, window.sessionStorage]) {
        for (const key of Object.keys(area)) {
          if (key === this.key || key.startsWith(`${this.key}:`)) area.removeItem(key);
        }
      }
    } catch {
      // Nothing could be kept, so nothing is there.
    }
    this.tell(keys.add("place"));
  }

  /** Whether a message is among the follow-ups. @param {string} message its id */
  follows(message) {
    return this.get(`follow/${message}`) === true;
  }

  /** Add a message to the plan. @param {string} message its id */
  follow(message) {
    return this.change({ [`follow/${message}`]: true });
  }

  /** Take a message off the plan. @param {string} message its id */
  unfollow(message) {
    return this.change({ [`follow/${message}`]: null });
  }
}
