/**
 * Pages and items that have another address today: what was kept under the old one goes on under the new one.
 */

/** Old addresses of pages and items, and the ones they have now. */
class Renames {
  /** @param {Record<string, string>} table */
  constructor(table) {
    this.table = table;
  }

  /**
   * Return the address that an old one leads to now.
   * @param {string} address
   */
  lead(address) {
    // A table that leads round in a circle must not hang the page.
    for (let steps = 0; steps < 20; steps += 1) {
      const [page, item] = address.split("#");
      if (Object.hasOwn(this.table, address)) address = this.table[address];
      else if (item && Object.hasOwn(this.table, page)) address = `${this.table[page]}#${item}`;
      else break;
    }
    return address;
  }

  /**
   * Return today's id of a page.
   * @param {string} folder
   * @param {string} id
   */
  today(folder, id) {
    return this.lead(`${folder}/${id}`).split("/")[1];
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

  /**
   * Return an entry with the ids of today in its value.
   * @param {string} key
   * @param {Entry} entry
   * @returns {Entry}
   */
  entryToday(key, { v, t }) {
    if (kindOf(key) === "run" && isRecord(v)) return { v: { ...v, list: this.today("checklists", String(v.list)) }, t };
    if (key === "place" && isRecord(v)) return { v: { ...v, lesson: this.today("lessons", String(v.lesson)) }, t };
    return { v, t };
  }

  /**
   * Add an entry to others under the key it has today, if it is newer than what is there.
   * @param {Map<string, Entry>} entries
   * @param {string} key
   * @param {Entry} entry
   */
  add(entries, key, entry) {
    // A clock that was wrong must not win for ever.
    const t = entry.t > Date.now() + DAY ? Date.now() : entry.t;
    const now = this.entryToday(key, { v: entry.v, t });
    const name = this.keyToday(key);
    if (wins(now, entries.get(name))) entries.set(name, now);
  }
}
