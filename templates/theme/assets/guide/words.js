/**
 * What the page says, in the guide's language.
 *
 * In the parts of this script stand keys of the section `script` of the catalogues (generator/words/). The build puts
 * the texts in the place of the keys, and writes what is chosen only in the page, such as `kind_${kind}`, into WORDS. Keys
 * with a dot are of a section that one page brings itself.
 */

/** The code of the language; the build writes it. */
const LANGUAGE = "en";
/** @typedef {string | Record<string, string>} Words  A text, or its forms by number. */
/** @type {Record<string, Words>} */
const WORDS = {};

const formOfNumber = new Intl.PluralRules(LANGUAGE);

/**
 * Return a text with what stands for its names in braces; the number `n` chooses among forms.
 * @param {Words} key
 * @param {Record<string, string | number>} [values]
 */
function t(key, values = {}) {
  const entry = typeof key === "string" ? (WORDS[key] ?? key) : key;
  const text = typeof entry === "string" ? entry : entry[formOfNumber.select(Number(values.n))];
  return String(text).replace(/\{([a-z]+)\}/g, (whole, name) => String(values[name] ?? whole));
}
