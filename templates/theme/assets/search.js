// Readies a reader's question for Material's search worker, which this one loads: as it stands, that worker looks for
// every word that begins like any word of the question, so that "I" and "to" find all pages.

// Read from the file system it is no worker but a script in a frame (assets/anywhere.js).
const own = new URL(self.document ? /** @type {HTMLScriptElement} */ (document.currentScript).src : location.href)
const material = new URL(`javascripts/workers/${own.search.slice(1)}`, own)
// Material's worker names its word lists as seen from its own place, which is not this one's.
const load = importScripts
self.importScripts = (...names) => load(...names.map(name => new URL(name, material).href))
// For the first message, which brings the index: a visit without a search does without it.
addEventListener("message", async event => {
  event.stopImmediatePropagation()
  await importScripts(material.href)
  dispatchEvent(new MessageEvent("message", { data: event.data }))
}, { once: true })

// In lunr's list of small words, but here they make the question: "they did not answer", "how do I say no". The build
// writes those of the guide's language (`search` in its catalogue).
/** @type {string[]} */
const TELLING = [];
const NOT = /\b(are|ca|could|did|do|does|had|has|have|is|should|was|were|wo|would)n['’]?t\b/g
/** The language that Material has loaded word lists for; English is built into lunr. */
let language = "en"

/** @typedef {{ stopWordFilter?: typeof lunr.stopWordFilter, stemmer?: typeof lunr.stemmer }} Lists */
/** What lunr knows of the language, nothing where it has no lists of it. @type {Lists} */
let lists = {}

/** @param {string} text */
function question(text) {
  // Who writes quotation marks, plus, minus or wildcards knows the search's own signs.
  if (/["+*~^:]|(^|\s)-/.test(text)) return text
  const plain = text.toLowerCase()
  const written = language === "en" ? plain.replace(NOT, "not") : plain
  const words = written
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => TELLING.includes(word) || (word && (!lists.stopWordFilter || lists.stopWordFilter(word))))
  return words.map(clauses).join(" ") || text
}

// The word itself counts most, then what begins with its stem (introducing: introduction), then one letter amiss.
/** @param {string} word */
function clauses(word) {
  // As written and no longer: what begins with "no" or "not" is noise.
  if (TELLING.includes(word)) return `${word}^12`
  let stem = lists.stemmer?.(new lunr.Token(word)).toString() ?? word
  // Some stems end in a letter of the stemmer's own: happy becomes happi.
  // Others spell the word in another way: bücher becomes buch, and büch begins more of what was written.
  if (!word.startsWith(stem)) stem = word.slice(0, stem.length - (word.startsWith(stem.slice(0, -1)) ? 1 : 0))
  if (stem.length < 3) stem = word
  return `${word}^4 ${stem}*^2 ${word.length > 4 ? word + "~1" : ""}`
}

// Before the worker's own listener, which then reads the question made ready.
addEventListener("message", ({ data: message }) => {
  // The first message brings the index, with the languages it is of; the word lists are loaded by the time of a question.
  if (message.type === 0) language = message.data.config.lang[0]
  lists = language === "en" ? lunr : (/** @type {any} */ (lunr)[language] ?? {})
  if (message.type === 2) message.data = question(message.data)
})
