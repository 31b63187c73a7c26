/**
 * "My plan" as a file: taken along, and brought back with a preview and a way back.
 */

/**
 * @param {HTMLElement} section of the plan
 * @param {GuidePages} guide
 * @param {AbortSignal} signal
 */
function takeAlong(section, guide, signal) {
  /** @type {(ending: string, type: string, text: () => string, done: string) => void} */
  const offer = (ending, type, text, done) => {
    const give = () => {
      offerFile(`${store.id}-plan-${new Date().toISOString().slice(0, 10)}.${ending}`, type, text());
      say(done);
    };
    one(section, `[data-do=${ending}]`).addEventListener("click", give, { signal });
  };
  offer("md", "text/markdown", () => planMarkdown(guide), t("plan.files_markdown_done"));
  offer("json", "application/json", () => savedFile(store), t("plan.files_json_done"));
  const field = one(section, "input", HTMLInputElement);
  const bring = async () => {
    const file = field.files?.[0];
    if (!file) return;
    const text = file.size > LARGEST_FILE ? " ".repeat(LARGEST_FILE + 1) : await file.text().catch(() => "");
    // The same file can be chosen again.
    field.value = "";
    offerImport(text, one(section, ".guide-plan__result"), field);
  };
  field.addEventListener("change", bring, { signal });
  section.hidden = false;
}

/**
 * Show what a file would change, and ask.
 * @param {string} text
 * @param {HTMLElement} result
 * @param {HTMLElement} field
 */
function offerImport(text, result, field) {
  const preview = previewFile(store, text);
  if (typeof preview === "string") {
    tellIn(result, t("plan.file_unchanged", { fault: preview }), "guide-trouble");
    return;
  }
  if (preview.entries.size === 0) {
    tellIn(result, t("plan.file_same"));
    return;
  }
  const rows = [...preview.kinds].map(([kind, tally]) => {
    const parts = Object.entries(tally).filter(([, n]) => n);
    const changes = parts.map(([what, n]) => t(`plan.tally_${what}`, { n })).join(", ");
    const all = parts.reduce((sum, [, n]) => sum + n, 0);
    return make("li", {}, t("plan.file_row", { kind: countedKind(kind, all), changes }));
  });
  const strange = preview.strange
    ? [make("p", { class: "guide-quiet" }, t("plan.file_strange", { n: preview.strange }))]
    : [];
  const accept = () => {
    const undo = store.accept(preview);
    const place = make("p", { class: "guide-undo" });
    result.replaceChildren(place);
    offerUndo(place, t("plan.file_accepted"), undo, () => field);
  };
  const content = [make("ul", {}, ...rows), ...strange];
  askIn(result, t("plan.file_asks"), content, [t("plan.file_accept"), accept], t("plan.file_leave"), field);
  say(t("plan.file_ready"));
}
