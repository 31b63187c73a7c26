/**
 * Named runs of a checklist ("coffee with Ana, 12 May"), each with ticks of its own.
 */

const LONGEST_NAME = 80;

const newRunId = () => Date.now().toString(36) + Math.floor(Math.random() * 36 ** 5).toString(36);

/**
 * Start a run and make it the one that is shown.
 * @param {string} id
 * @param {string} list
 * @param {string[]} items
 * @param {string} name
 * @param {string} [from] the run whose ticks it begins with
 */
function startRun(id, list, items, name, from) {
  /** @type {Record<string, unknown>} */
  const changes = { [`run/${id}`]: { list, name, made: Date.now(), archived: false }, [`current/${list}`]: id };
  for (const item of from ? items : []) {
    const value = store.get(tickKey(list, item, from ?? ""));
    if (value) changes[tickKey(list, item, id)] = value;
  }
  store.change(changes);
}

/**
 * Return a name with the next free number behind it.
 * @param {string} list
 * @param {string} name
 */
function nextName(list, name) {
  const names = runsOf(list).map(([, run]) => run.name);
  const stem = name.replace(/ \(\d+\)$/, "").slice(0, LONGEST_NAME - 6);
  let number = 2;
  while (names.includes(`${stem} (${number})`)) number += 1;
  return `${stem} (${number})`;
}

/**
 * Remove a run with its ticks.
 * @param {string} list
 * @param {string} id
 */
function deleteRun(list, id) {
  /** @type {Record<string, unknown>} */
  const changes = { [`run/${id}`]: null, [`current/${list}`]: "" };
  for (const [key] of store.all(`tick/${list}/`)) if (key.endsWith(`/${id}`)) changes[key] = null;
  return store.change(changes);
}
