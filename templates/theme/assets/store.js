/**
 * What a reader keeps on this device: ticks, runs, notes, the state of lessons, chosen follow-ups.
 *
 * All of it is one document in localStorage under `coaching-guide:GUIDE-ID`. Every entry carries the time it changed, so
 * that two tabs, or a device and an imported file, can be merged: the newer entry wins. A deleted entry stays as null,
 * or an older copy would bring it back. Nothing is ever sent anywhere.
 *
 *   tick/CHECKLIST/ITEM          "done" or "skip" ("not for me"); with /RUN at its end the tick of a named run
 *   run/RUN                      {list, name, made, archived}
 *   current/CHECKLIST            the run last looked at, "" for the list itself
 *   note/LESSON/HASH             {text, question, part}; the hash is of the question
 *   lesson/LESSON                "open", "read" or "done"
 *   place                        {lesson, part}: where the reader was last
 *   follow/MESSAGE               true
 *   field/NAME                   a remembered field of the message pages
 */

/** @typedef {{ v: unknown, t: number }} Entry */
/** @typedef {{ list: string, name: string, made: number, archived: boolean }} Run */
/** @typedef {{ text: string, question: string, part: string }} Note */
/** @typedef {{ added: number, changed: number, removed: number, same: number }} Tally */
/** @typedef {{ kinds: Map<string, Tally>, entries: Map<string, Entry>, strange: number }} Preview */

// `var`, so that it is also `window.coachingGuide`.
var coachingGuide = (() => {
  const VERSION = 1;
  const FORMAT = "coaching-guide";
  const LONGEST_NOTE = 20000;
  const LARGEST_FILE = 2000000;
  const MOST_ENTRIES = 20000;
  const DAY = 86400000;

  const ID = "[a-z0-9]+(?:-[a-z0-9]+)*";
  /** @type {(value: unknown, longest: number) => boolean} */
  const isText = (value, longest) => typeof value === "string" && value.length <= longest;
  /** @type {(value: unknown) => value is Record<string, unknown>} */
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** The kinds of entries: what their keys and values look like, and what one and several are called. */
  /** @type {Record<string, { key: RegExp, fits: (value: any) => boolean, one: string, many: string }>} */
  const KINDS = {
    tick: {
      key: new RegExp(`^tick/${ID}/${ID}(?:/[a-z0-9]+)?$`),
      fits: (value) => value === "done" || value === "skip",
      one: "ticked item",
      many: "ticked items",
    },
    run: {
      key: /^run\/[a-z0-9]+$/,
      fits: (value) =>
        isRecord(value) &&
        isText(value.list, 200) &&
        isText(value.name, 200) &&
        typeof value.made === "number" &&
        typeof value.archived === "boolean",
      one: "named run",
      many: "named runs",
    },
    note: {
      key: new RegExp(`^note/${ID}/[0-9a-f]{1,14}$`),
      fits: (value) =>
        isRecord(value) && isText(value.text, LONGEST_NOTE) && isText(value.question, 2000) && isText(value.part, 200),
      one: "note",
      many: "notes",
    },
    lesson: {
      key: new RegExp(`^lesson/${ID}$`),
      fits: (value) => value === "open" || value === "read" || value === "done",
      one: "lesson mark",
      many: "lesson marks",
    },
    follow: {
      key: new RegExp(`^follow/${ID}$`),
      fits: (value) => value === true,
      one: "follow-up",
      many: "follow-ups",
    },
    field: {
      key: /^field\/[a-z][a-z0-9_]*$/,
      fits: (value) => isText(value, 2000),
      one: "remembered field",
      many: "remembered fields",
    },
    // The two below say where the reader was. They travel with a file but are not counted.
    current: { key: new RegExp(`^current/${ID}$`), fits: (value) => isText(value, 40), one: "", many: "" },
    place: {
      key: /^place$/,
      fits: (value) => isRecord(value) && isText(value.lesson, 200) && isText(value.part, 200),
      one: "",
      many: "",
    },
  };

  const TROUBLE = {
    blocked:
      "This browser keeps nothing for this site. Ticks and notes work, but they are gone when you leave or reload the page.",
    full: "There is no room left in this browser's storage. What you change from now on is gone when you leave the page. Download your plan to keep it.",
    damaged:
      "What this device had kept for this guide could not be read. It was put aside, not deleted, and you start afresh.",
    stuck:
      "What this device had kept for this guide cannot be read and there is no room to put it aside. It is left as it is; what you change now is gone when you leave the page.",
    newer:
      "What this device keeps was written by a newer edition of this site. It is left as it is; what you change now is gone when you leave the page.",
  };

  /** @param {string} key */
  const kindOf = (key) => key.split("/", 1)[0];

  /**
   * Whether an entry is one this edition knows and can use.
   * @param {string} key
   * @param {unknown} entry
   * @returns {entry is Entry}
   */
  function isEntry(key, entry) {
    const kind = Object.hasOwn(KINDS, kindOf(key)) ? KINDS[kindOf(key)] : undefined;
    if (!kind || !kind.key.test(key) || !isRecord(entry)) return false;
    return Number.isFinite(entry.t) && (entry.v === null || kind.fits(entry.v));
  }

  /**
   * Whether `one` wins over `other`; equal times are settled the same way in every tab.
   * @param {Entry} one
   * @param {Entry | undefined} other
   */
  function wins(one, other) {
    if (!other || one.t !== other.t) return !other || one.t > other.t;
    return JSON.stringify(one.v) > JSON.stringify(other.v);
  }

  /** The one store of the page. It tells of changes with a "change" event whose detail is the set of changed keys. */
  class Store extends EventTarget {
    /**
     * @param {string} id the guide's
     * @param {Record<string, string>} renamed old addresses of pages and items, and their new ones
     */
    constructor(id, renamed) {
      super();
      this.id = id;
      this.key = `${FORMAT}:${id}`;
      this.renamed = renamed;
      /** @type {Map<string, Entry>} */
      this.entries = new Map();
      /** Entries of kinds that only another edition knows: kept, never used. @type {Map<string, unknown>} */
      this.strange = new Map();
      /** Keys this tab has changed: another tab that wrote at the same moment may not have seen them. @type {Set<string>} */
      this.mine = new Set();
      /** @type {keyof typeof TROUBLE | ""} */
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

    /** The trouble in words, "" when there is none. */
    get troubleText() {
      return this.trouble ? TROUBLE[this.trouble] : "";
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
      const found = this.parse(raw);
      if (!found) return;
      this.raw = raw;
      for (const key of this.mine) {
        const own = this.entries.get(key);
        if (own && wins(own, found.get(key))) found.set(key, own);
      }
      this.entries = found;
    }

    /**
     * Return the entries of a stored document; null after putting it aside or deciding to leave it alone.
     * @param {string} raw
     */
    parse(raw) {
      /** @type {unknown} */
      let data;
      try {
        data = JSON.parse(raw);
      } catch {
        data = undefined;
      }
      if (isRecord(data) && typeof data.version === "number" && data.version > VERSION) {
        this.area = null;
        this.trouble = "newer";
        return null;
      }
      if (!isRecord(data) || data.version !== VERSION || !isRecord(data.entries)) {
        this.putAside(raw);
        return null;
      }
      /** @type {Map<string, Entry>} */
      const found = new Map();
      this.strange.clear();
      for (const [key, entry] of Object.entries(data.entries)) {
        if (isEntry(key, entry)) this.place(found, key, entry);
        else this.strange.set(key, entry);
      }
      return found;
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

    /**
     * Add an entry under the key it has today, if it is newer than what is there.
     * @param {Map<string, Entry>} entries
     * @param {string} key
     * @param {Entry} entry
     */
    place(entries, key, entry) {
      const value = entry.v;
      let now = entry;
      // A clock that was wrong must not win for ever.
      if (entry.t > Date.now() + DAY) now = { v: value, t: Date.now() };
      if (isRecord(value) && typeof value.list === "string") {
        now = { v: { ...value, list: this.today("checklists", value.list) }, t: now.t };
      } else if (key === "place" && isRecord(value)) {
        now = { v: { ...value, lesson: this.today("lessons", String(value.lesson)) }, t: now.t };
      }
      const name = this.keyToday(key);
      if (wins(now, entries.get(name))) entries.set(name, now);
    }

    /**
     * Return today's id of a page.
     * @param {string} kind
     * @param {string} id
     */
    today(kind, id) {
      return this.lead(`${kind}/${id}`).split("/")[1];
    }

    /**
     * Return the address that an old one leads to now.
     * @param {string} address
     */
    lead(address) {
      for (let steps = 0; steps < 20; steps += 1) {
        const [page, item] = address.split("#");
        if (Object.hasOwn(this.renamed, address)) address = this.renamed[address];
        else if (item && Object.hasOwn(this.renamed, page)) address = `${this.renamed[page]}#${item}`;
        else break;
      }
      return address;
    }

    /** @param {string} key */
    keyToday(key) {
      const [kind, page, ...rest] = key.split("/");
      if (kind === "tick") {
        const [list, item] = this.lead(`checklists/${page}#${rest[0]}`).replace("checklists/", "").split("#");
        // An item that became a page has no box any more: its tick stays where it was.
        return item ? ["tick", list, item, ...rest.slice(1)].join("/") : key;
      }
      const folder = { current: "checklists", note: "lessons", lesson: "lessons", follow: "messages" }[kind];
      return folder ? [kind, this.today(folder, page), ...rest].join("/") : key;
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
      speak();
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
      if (!quiet) speak(true);
      return () => {
        this.read();
        const still = [...before].filter(([key]) => this.entries.get(key)?.t === entries.get(key)?.t);
        this.change(Object.fromEntries(still));
      };
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
        if (entry.v !== null && KINDS[kind].one) found.set(kind, (found.get(kind) ?? 0) + 1);
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

    /** Return everything as the text of a file. */
    file() {
      this.read();
      const saved = new Date().toISOString();
      const entries = Object.fromEntries(this.entries);
      return JSON.stringify({ format: FORMAT, version: VERSION, guide: this.id, saved, entries }, null, 1) + "\n";
    }

    /**
     * Read a file that somebody gives us, and tell what it would change. Nothing is changed yet.
     * @param {string} text
     * @returns {Preview | string} the preview, or in words why the file cannot be used
     */
    preview(text) {
      if (text.length > LARGEST_FILE) return "This file is too large to be a saved plan.";
      /** @type {unknown} */
      let data;
      try {
        data = JSON.parse(text);
      } catch {
        return "This file cannot be read. Choose the JSON file that you downloaded from this page.";
      }
      if (!isRecord(data) || data.format !== FORMAT || !isRecord(data.entries)) return "This file is not a saved plan.";
      if (data.guide !== this.id) return "This plan was saved from another guide.";
      if (data.version !== VERSION) return "This plan was saved by another edition of the site, which this one cannot read.";
      const given = Object.entries(data.entries);
      if (given.length > MOST_ENTRIES) return "This file is too large to be a saved plan.";
      /** @type {Map<string, Entry>} */
      const found = new Map();
      let strange = 0;
      for (const [key, entry] of given) {
        if (isEntry(key, entry)) this.place(found, key, { v: entry.v, t: Math.min(entry.t, Date.now()) });
        else if (Object.hasOwn(KINDS, kindOf(key))) return "This saved plan is damaged.";
        else strange += 1;
      }
      this.read();
      /** @type {Preview} */
      const preview = { kinds: new Map(), entries: new Map(), strange };
      for (const [key, entry] of found) {
        const old = this.entries.get(key);
        const newer = wins(entry, old);
        const same = JSON.stringify(old?.v ?? null) === JSON.stringify(entry.v);
        if (newer && !same) preview.entries.set(key, entry);
        if (!KINDS[kindOf(key)].one || (entry.v === null && same)) continue;
        const tally = preview.kinds.get(kindOf(key)) ?? { added: 0, changed: 0, removed: 0, same: 0 };
        if (!newer || same) tally.same += 1;
        else if (entry.v === null) tally.removed += 1;
        else if (old === undefined || old.v === null) tally.added += 1;
        else tally.changed += 1;
        preview.kinds.set(kindOf(key), tally);
      }
      return preview;
    }

    /**
     * Take over what a preview has shown.
     * @param {Preview} preview
     */
    accept(preview) {
      this.read();
      return this.put(new Map([...preview.entries].filter(([key, entry]) => wins(entry, this.entries.get(key)))), false);
    }
  }

  /**
   * Make an element. Functions become click listeners; text is only ever text.
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, string | number | boolean | ((event: MouseEvent) => void)>} [given]
   * @param {...(Node | string)} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  function make(tag, given = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === "function") element.addEventListener("click", /** @type {EventListener} */ (value));
      else if (typeof value === "boolean") element.toggleAttribute(name, value);
      else element.setAttribute(name, String(value));
    }
    element.append(...children);
    return element;
  }

  /** The one status region. It has to be there before anything is said in it. */
  const words = make("p");
  const close = make("button", { type: "button", class: "guide-button", hidden: true, click: hush }, "Close");
  const region = make("div", { class: "guide-status", role: "status" }, words, close);
  document.body.append(region);

  function hush() {
    region.classList.remove("guide-status--shown");
    close.hidden = true;
    words.textContent = "";
  }

  /**
   * Tell screen readers something.
   * @param {string} text
   * @param {boolean} [shown] whether everybody is to see it, until they close it
   */
  function say(text, shown = false) {
    if (!shown && region.classList.contains("guide-status--shown")) return;
    words.textContent = text;
    if (shown) {
      region.classList.add("guide-status--shown");
      close.hidden = false;
    }
  }

  /** @type {Set<string>} */
  const told = new Set();

  /**
   * Say what is wrong with the storage, once.
   * @param {boolean} [changed] whether the reader has just changed something
   */
  function speak(changed = false) {
    const trouble = store.trouble;
    // A reader who only reads loses nothing when storage is blocked.
    if (!trouble || told.has(trouble) || (trouble === "blocked" && !changed)) return;
    told.add(trouble);
    try {
      const mark = `${store.key}:said-${trouble}`;
      if (trouble !== "damaged" && window.sessionStorage.getItem(mark)) return;
      window.sessionStorage.setItem(mark, "1");
    } catch {
      // Then it is said once on every page.
    }
    say(store.troubleText, true);
  }

  /** Base of the guide's elements: what is bound with `signal` goes when the element leaves the page. */
  class Connected extends HTMLElement {
    connectedCallback() {
      this.leaving = new AbortController();
      this.connected(this.leaving.signal);
      speak();
    }

    disconnectedCallback() {
      this.leaving?.abort();
    }

    /**
     * Build and bind; called each time the element comes into a page.
     * @param {AbortSignal} signal
     */
    connected(signal) {
      void signal;
    }
  }

  /**
   * @param {string} name
   * @param {CustomElementConstructor} element
   */
  function define(name, element) {
    if (!customElements.get(name)) customElements.define(name, element);
  }

  /**
   * Show what was done and a button that takes it back, with the focus on it: the button that did it may be gone.
   * @param {HTMLElement} place
   * @param {string} text
   * @param {() => void} undo
   * @param {() => HTMLElement | null} back gets the focus afterwards
   */
  function offerUndo(place, text, undo, back) {
    const button = make(
      "button",
      {
        type: "button",
        class: "guide-button",
        click: () => {
          place.replaceChildren();
          undo();
          say("Taken back.");
          back()?.focus();
        },
      },
      "Undo",
    );
    place.replaceChildren(make("span", {}, text), " ", button);
    say(text);
    button.focus();
  }

  /**
   * Return a number with its noun.
   * @param {number} number
   * @param {string} one
   * @param {string} [many]
   */
  const counted = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

  /**
   * @param {string} kind
   * @param {number} number
   */
  const countedKind = (kind, number) => counted(number, KINDS[kind].one, KINDS[kind].many);

  /** @returns {{ id: string, renamed: Record<string, string> }} */
  function settings() {
    const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="coaching-guide"]'));
    try {
      const data = JSON.parse(meta?.content ?? "");
      return { id: String(data.id), renamed: data.renamed ?? {} };
    } catch {
      return { id: "", renamed: {} };
    }
  }

  const { id, renamed } = settings();
  const store = new Store(id, renamed);
  return { store, say, make, define, counted, countedKind, offerUndo, Connected, LONGEST_NOTE, LARGEST_FILE };
})();
