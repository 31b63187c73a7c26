/**
 * What is wrong with the storage, said once and plainly.
 */

/** The trouble of the storage in words, "" when there is none. */
const troubleText = () => (store.trouble ? t(`trouble_${store.trouble}`) : "");

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
  showNotice(t(`trouble_${trouble}`));
}

store.addEventListener("read", () => speakOfTrouble());
store.addEventListener("write", () => speakOfTrouble(true));
