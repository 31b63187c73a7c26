// Readies a reader's question for Material's search worker, which this one loads: as it stands, that worker looks for
// every word that begins like any word of the question, so that "I" and "to" find all pages.

// In lunr's list of small words, but here they make the question: "they did not answer", "how do I say no".
const TELLING = ["after", "no", "not", "say"]

/** @param {string} text */
function question(text) {
  // Who writes quotation marks, plus, minus or wildcards knows the search's own signs.
  if (/["+*~^:]|(^|\s)-/.test(text)) return text
  const words = text
    .toLowerCase()
    .replace(/\b(are|ca|could|did|do|does|had|has|have|is|should|was|were|wo|would)n['’]?t\b/g, "not")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => TELLING.includes(word) || (word && lunr.stopWordFilter(word)))
  return words.map(clauses).join(" ") || text
}

// The word itself counts most, then what begins with its stem (introducing: introduction), then one letter amiss.
/** @param {string} word */
function clauses(word) {
  // As written and no longer: what begins with "no" or "not" is noise.
  if (TELLING.includes(word)) return `${word}^12`
  let stem = lunr.stemmer(new lunr.Token(word)).toString()
  // Some stems end in a letter of the stemmer's own: happy becomes happi.
  if (!word.startsWith(stem)) stem = stem.slice(0, -1)
  if (stem.length < 3) stem = word
  return `${word}^4 ${stem}*^2${word.length > 4 ? ` ${word}~1` : ""}`
}

// Before the worker's own listener, which then reads the question made ready.
addEventListener("message", ({ data: message }) => {
  if (message.type === 2) message.data = question(message.data)
})

// Read from the file system it is no worker but a script in a frame (assets/folder.js).
const own = new URL(self.document ? /** @type {HTMLScriptElement} */ (document.currentScript).src : location.href)
importScripts(`javascripts/workers/${own.search.slice(1)}`)
