/**
 * The store of this page, and what scripts of other files may use.
 */

/** @returns {{ id: string, renamed: Record<string, string> }} what the site says about its guide (main.html) */
function guideSettings() {
  const meta = document.querySelector('meta[name="coaching-guide"]');
  const data = readJson(meta instanceof HTMLMetaElement ? meta.content : "");
  if (!isRecord(data) || typeof data.id !== "string") return { id: "", renamed: {} };
  return { id: data.id, renamed: /** @type {Record<string, string>} */ (data.renamed ?? {}) };
}

const settings = guideSettings();
const store = new Store(settings.id, new Renames(settings.renamed));

// `var`: as the type of `window.coachingGuide`.
var coachingGuide = { store, say, make, define, t, countedKind, offerUndo, Connected };
window.coachingGuide = coachingGuide;
