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
    make("h2", { id: "plan-files" }, "Take it along"),
    make("p", {}, "Keep a copy, or go on with it on another device. The file goes to your downloads and nowhere else."),
    make(
      "p",
      { class: "guide-track__buttons" },
      makeButton("Download as Markdown", () => {
        offerFile(fileName("md"), "text/markdown", planMarkdown(guide));
        say("The plan is in your downloads.");
      }),
      makeButton("Download as JSON", () => {
        offerFile(fileName("json"), "application/json", savedFile(store));
        say("The saved plan is in your downloads.");
      }),
    ),
    make("p", {}, make("label", { for: "plan-file" }, "Bring back a saved plan (JSON)"), " ", field),
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
    result.replaceChildren(make("p", { class: "guide-trouble" }, `${preview} Nothing was changed.`));
    say(`${preview} Nothing was changed.`);
    return;
  }
  const rows = [...preview.kinds].map(([kind, { added, changed, removed, same }]) => {
    const said = [
      ...(added ? [`${added} added`] : []),
      ...(changed ? [`${changed} changed`] : []),
      ...(removed ? [`${removed} removed`] : []),
      ...(same ? [`${same} as here, or older`] : []),
    ];
    return make("li", {}, `${countedKind(kind, added + changed + removed + same)}: ${said.join(", ")}`);
  });
  const close = () => {
    result.replaceChildren();
    field.focus();
  };
  if (preview.entries.size === 0) {
    result.replaceChildren(make("p", {}, "Everything in this file is here already. Nothing was changed."));
    say("Everything in this file is here already. Nothing was changed.");
    return;
  }
  const accept = makeButton(
    "Bring it in",
    () => {
      const undo = store.accept(preview);
      const place = make("p", { class: "guide-undo" });
      result.replaceChildren(place);
      offerUndo(place, "The saved plan is in.", undo, () => field);
    },
    "main",
  );
  const strange = preview.strange
    ? [make("p", { class: "guide-quiet" }, `${counted(preview.strange, "entry", "entries")} of another edition stay out.`)]
    : [];
  result.replaceChildren(
    make("p", { class: "guide-plan__asks" }, "This would happen; where both have something, the newer stays:"),
    make("ul", {}, ...rows),
    ...strange,
    make("p", { class: "guide-track__buttons" }, accept, makeButton("Leave it", close)),
  );
  say("The file can be brought in. See what it would change.");
  accept.focus();
}
