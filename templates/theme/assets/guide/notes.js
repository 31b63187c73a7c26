/**
 * Notes are kept by their question, and found again when its words were edited.
 */

/** How much two questions must share to be the same one, from 0 to 1. */
const ALIKE = 0.5;

/**
 * What of a question counts: its letters and digits.
 * @param {string} text
 */
const essence = (text) => text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/**
 * A hash of a text (cyrb53): 53 bits in hexadecimal, more than enough for the questions of one lesson.
 * @param {string} text
 */
function hash(text) {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & two) + (one >>> 0)).toString(16);
}

/**
 * @param {string} lesson
 * @param {string} question
 */
const noteKey = (lesson, question) => `note/${lesson}/${hash(essence(question))}`;

/**
 * How much two texts share, from 0 to 1: pairs of neighbouring characters, which works in every language.
 * @param {string} one
 * @param {string} other
 */
function likeness(one, other) {
  const pairs = (/** @type {string} */ text) => {
    const characters = [...essence(text)];
    return characters.slice(1).map((character, index) => characters[index] + character);
  };
  const first = pairs(one);
  const second = pairs(other);
  const all = first.length + second.length;
  let shared = 0;
  for (const pair of first) {
    const at = second.indexOf(pair);
    if (at < 0) continue;
    second.splice(at, 1);
    shared += 2;
  }
  return all ? shared / all : 0;
}

/**
 * Find the note of each question of a lesson.
 *
 * A question is known by its words, so a note never slips under another question when the order changes. Where the
 * words were edited, the note of the most similar question that is gone is taken. Notes left over are `lost`: they
 * are shown in the plan.
 * @param {string} lesson
 * @param {string[]} questions
 */
function notesOf(lesson, questions) {
  /** @type {Map<string, Note>} */
  const kept = new Map(store.all(`note/${lesson}/`));
  /** @type {Map<string, string>} */
  const keys = new Map();
  for (const question of questions) {
    const key = noteKey(lesson, question);
    if (kept.delete(key)) keys.set(question, key);
  }
  const pairs = questions
    .filter((question) => !keys.has(question))
    .flatMap((question) => [...kept].map(([key, note]) => ({ question, key, like: likeness(question, note.question) })))
    .filter((pair) => pair.like >= ALIKE)
    .sort((one, other) => other.like - one.like);
  for (const { question, key } of pairs) {
    if (!keys.has(question) && kept.delete(key)) keys.set(question, key);
  }
  return { keys, lost: kept };
}
