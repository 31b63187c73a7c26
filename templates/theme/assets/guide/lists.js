/**
 * How far a checklist or a named run of it is.
 */

/**
 * The key of an item's tick, in the list itself or in a run of it.
 * @param {string} list
 * @param {string} item
 * @param {string} run
 */
const tickKey = (list, item, run) => `tick/${list}/${item}${run && "/"}${run}`;

/**
 * How far a list or a run is.
 * @param {string} list
 * @param {string[]} items
 * @param {string} run
 */
function progress(list, items, run) {
  const values = items.map((item) => store.get(tickKey(list, item, run)));
  const done = values.filter((value) => value === "done").length;
  const skipped = values.filter((value) => value === "skip").length;
  return { done, skipped, total: items.length - skipped, started: done + skipped > 0 };
}

/** @param {{ done: number, total: number }} progress */
const inWords = ({ done, total }) => t("of", { done, total });

/** The ids in a list with spaces between them. @param {string} list */
const idsIn = (list) => list.split(" ").filter(Boolean);

/**
 * The runs of a list, in the order in which they were started.
 * @param {string} list
 * @returns {[string, Run][]}
 */
function runsOf(list) {
  return store
    .all("run/")
    .filter(([, run]) => run.list === list)
    .map(([key, run]) => /** @type {[string, Run]} */ ([key.slice(4), run]))
    .sort((one, other) => one[1].made - other[1].made);
}
