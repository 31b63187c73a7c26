/**
 * What a reader keeps on this device: ticks, runs, notes, the state of lessons, chosen follow-ups, remembered fields.
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
 *   field/NAME                   what a message page is to remember of a field, by the reader's wish
 */

/** @typedef {{ v: unknown, t: number }} Entry  A value, null when it was removed, and when it changed (ms since 1970). */
/** @typedef {{ list: string, name: string, made: number, archived: boolean }} Run */
/** @typedef {{ text: string, question: string, part: string }} Note */

const VERSION = 1;
const FORMAT = "coaching-guide";
const LONGEST_NOTE = 20000;
const LONGEST_FIELD = 2000;
const LARGEST_FILE = 2000000;
const MOST_ENTRIES = 20000;
const DAY = 86400000;

const ID = "[a-z0-9]+(?:-[a-z0-9]+)*";
/** @type {(value: unknown, longest: number) => boolean} */
const isText = (value, longest) => typeof value === "string" && value.length <= longest;
/** @type {(value: unknown) => value is Record<string, unknown>} */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The kinds of entries: what their keys and values look like, and whether a reader is told how many there are. */
/** @type {Record<string, { key: RegExp, fits: (value: any) => boolean, counted: boolean }>} */
const KINDS = {
  tick: {
    key: new RegExp(`^tick/${ID}/${ID}(?:/[a-z0-9]+)?$`),
    fits: (value) => value === "done" || value === "skip",
    counted: true,
  },
  run: {
    key: /^run\/[a-z0-9]+$/,
    fits: (value) =>
      isRecord(value) &&
      isText(value.list, 200) &&
      isText(value.name, 200) &&
      typeof value.made === "number" &&
      typeof value.archived === "boolean",
    counted: true,
  },
  note: {
    key: new RegExp(`^note/${ID}/[0-9a-f]{1,14}$`),
    fits: (value) =>
      isRecord(value) && isText(value.text, LONGEST_NOTE) && isText(value.question, 2000) && isText(value.part, 200),
    counted: true,
  },
  lesson: {
    key: new RegExp(`^lesson/${ID}$`),
    fits: (value) => value === "open" || value === "read" || value === "done",
    counted: true,
  },
  follow: {
    key: new RegExp(`^follow/${ID}$`),
    fits: (value) => value === true,
    counted: true,
  },
  field: {
    key: /^field\/[a-z][a-z0-9_]*$/,
    fits: (value) => isText(value, LONGEST_FIELD),
    counted: true,
  },
  // The two below say where the reader was. They travel with a file but are not counted.
  current: { key: new RegExp(`^current/${ID}$`), fits: (value) => isText(value, 40), counted: false },
  place: {
    key: /^place$/,
    fits: (value) => isRecord(value) && isText(value.lesson, 200) && isText(value.part, 200),
    counted: false,
  },
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
