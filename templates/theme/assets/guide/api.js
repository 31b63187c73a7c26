/**
 * The store of this page.
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
