/**
 * What belongs on "my plan": which of the guide's pages the reader has begun, noted or chosen.
 */

/** @typedef {{ id: string, title: string, url: string }} GuidePlace */
/** @typedef {GuidePlace & { questions: string[] }} GuideLessonPage */
/** @typedef {GuidePlace & { items: [string, string][] }} GuideList */
/** @typedef {GuidePlace & { send: string }} GuideMessage */
/** @typedef {{ title: string, words: Record<string, Words>, lessons: GuideLessonPage[], checklists: GuideList[], messages: GuideMessage[] }} GuidePages */
/** @typedef {{ list: GuideList, run: string, name: string }} Started */

/** @param {GuideList} list */
const itemIds = (list) => list.items.map(([item]) => item);

/**
 * The lists and runs that were begun, archived ones left out.
 * @param {GuidePages} guide
 */
function started(guide) {
  /** @type {Started[]} */
  const found = [];
  for (const list of guide.checklists) {
    if (progress(list.id, itemIds(list), "").started) found.push({ list, run: "", name: "" });
    for (const [run, { name, archived }] of runsOf(list.id)) if (!archived) found.push({ list, run, name });
  }
  return found;
}

/** @param {Pick<Started, "list" | "run">} started */
const openItems = ({ list, run }) => list.items.filter(([item]) => !store.get(tickKey(list.id, item, run)));

/** @param {Pick<Started, "list" | "run">} started */
const startedProgress = ({ list, run }) => progress(list.id, itemIds(list), run);

/**
 * The messages on the plan, in the order in which they came there.
 * @param {GuidePages} guide
 */
function followed(guide) {
  return store.all("follow/").flatMap(([key]) => guide.messages.filter(({ id }) => `follow/${id}` === key));
}

/** The lessons that were begun. @param {GuidePages} guide */
const begunLessons = (guide) => guide.lessons.filter(({ id }) => store.get(`lesson/${id}`));

/**
 * Notes by lesson, in the order of the guide; then those whose lesson is gone.
 * @param {GuidePages} guide
 */
function notesByLesson(guide) {
  const known = guide.lessons.map((lesson) => ({ lesson, ...notesOf(lesson.id, lesson.questions) }));
  const gone = store.all("note/").filter(([key]) => !known.some(({ lesson }) => lesson.id === key.split("/")[1]));
  return { known: known.filter(({ keys, lost }) => keys.size + lost.size), gone };
}

/**
 * Return how many entries of a kind there are, in words.
 * @param {string} kind
 * @param {number} number
 */
const countedKind = (kind, number) => t(`plan.kind_${kind}`, { n: number });

/** How many entries of each kind are kept, in words; "" when there are none. */
const keptInWords = () => [...store.counts()].map(([kind, number]) => countedKind(kind, number)).join(", ");
