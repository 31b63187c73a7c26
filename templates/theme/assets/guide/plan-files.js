/**
 * "My plan" as a file: taken along, and brought back with a preview and a way back.
 */

/**
 * The section of the plan from which it is taken along, and brought back.
 * @param {GuidePages} guide
 */
function takeAlong(guide) {
  const fileName = (/** @type {string} */ ending) => `${store.id}-plan-${new Date().toISOString().slice(0, 10)}.${ending}`;
  const result = make("div", { class: "guide-plan__result" });
  const field = make("input", { type: "file", accept: ".json,application/json", id: "plan-file" });
  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    if (!file) return;
    const text = file.size > LARGEST_FILE ? " ".repeat(LARGEST_FILE + 1) : await file.text().catch(() => "");
    // The same file can be chosen again.
    field.value = "";
    offerImport(text, result, field);
  });
  return make(
    "section",
    { class: "guide-plan__files", "aria-labelledby": "plan-files" },
    make("h2", { id: "plan-files" }, t("plan.files")),
    make("p", {}, t("plan.files_about")),
    make(
      "p",
      { class: "guide-track__buttons" },
      makeButton(t("plan.files_markdown"), () => {
        offerFile(fileName("md"), "text/markdown", planMarkdown(guide));
        say(t("plan.files_markdown_done"));
      }),
      makeButton(t("plan.files_json"), () => {
        offerFile(fileName("json"), "application/json", savedFile(store));
        say(t("plan.files_json_done"));
      }),
    ),
    make("p", {}, make("label", { for: "plan-file" }, t("plan.files_back")), " ", field),
    result,
  );
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
    const said = t("plan.file_unchanged", { fault: preview });
    result.replaceChildren(make("p", { class: "guide-trouble" }, said));
    say(said);
    return;
  }
  const rows = [...preview.kinds].map(([kind, { added, changed, removed, same }]) => {
    const said = [
      ...(added ? [t("plan.file_added", { n: added })] : []),
      ...(changed ? [t("plan.file_changed", { n: changed })] : []),
      ...(removed ? [t("plan.file_removed", { n: removed })] : []),
      ...(same ? [t("plan.file_as_here", { n: same })] : []),
    ];
    return make("li", {}, t("plan.file_row", { kind: countedKind(kind, added + changed + removed + same), changes: said.join(", ") }));
  });
  const close = () => {
    result.replaceChildren();
    field.focus();
  };
  if (preview.entries.size === 0) {
    result.replaceChildren(make("p", {}, t("plan.file_same")));
    say(t("plan.file_same"));
    return;
  }
  const accept = makeButton(
    t("plan.file_accept"),
    () => {
      const undo = store.accept(preview);
      const place = make("p", { class: "guide-undo" });
      result.replaceChildren(place);
      offerUndo(place, t("plan.file_accepted"), undo, () => field);
    },
    "main",
  );
  const strange = preview.strange
    ? [make("p", { class: "guide-quiet" }, t("plan.file_strange", { n: preview.strange }))]
    : [];
  result.replaceChildren(
    make("p", { class: "guide-plan__asks" }, t("plan.file_asks")),
    make("ul", {}, ...rows),
    ...strange,
    make("p", { class: "guide-track__buttons" }, accept, makeButton(t("plan.file_leave"), close)),
  );
  say(t("plan.file_ready"));
  accept.focus();
}
