/**
 * What is wrong with the storage, said once and plainly.
 */

/** @type {Record<Trouble, string>} */
const TROUBLE = {
  blocked:
    "This browser keeps nothing for this site. Ticks, notes and fields work, but they are gone when you leave or reload the page.",
  full: "There is no room left in this browser's storage. What you change from now on is gone when you leave the page. Download your plan to keep it.",
  damaged:
    "What this device had kept for this guide could not be read. It was put aside, not deleted, and you start afresh.",
  stuck:
    "What this device had kept for this guide cannot be read and there is no room to put it aside. It is left as it is; what you change now is gone when you leave the page.",
  newer:
    "What this device keeps was written by a newer edition of this site. It is left as it is; what you change now is gone when you leave the page.",
};

/** The trouble of the storage in words, "" when there is none. */
const troubleText = () => (store.trouble ? TROUBLE[store.trouble] : "");

/** @type {Set<Trouble>} */
const troubleTold = new Set();

/**
 * Say what is wrong with the storage, once.
 * @param {boolean} [changed] whether the reader has just changed something
 */
function speakOfTrouble(changed = false) {
  const { trouble } = store;
  // A reader who only reads loses nothing when storage is blocked.
  if (!trouble || troubleTold.has(trouble) || (trouble === "blocked" && !changed)) return;
  troubleTold.add(trouble);
  try {
    const mark = `${store.key}:said-${trouble}`;
    if (trouble !== "damaged" && window.sessionStorage.getItem(mark)) return;
    window.sessionStorage.setItem(mark, "1");
  } catch {
    // Then it is said once on every page.
  }
  showNotice(TROUBLE[trouble]);
}

store.addEventListener("read", () => speakOfTrouble());
store.addEventListener("write", () => speakOfTrouble(true));
