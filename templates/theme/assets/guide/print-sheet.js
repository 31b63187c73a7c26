/**
 * A sheet on the page /print/, with what the reader ticked, wrote and had remembered, or without it.
 */

/**
 * @param {HTMLElement} sheet
 * @param {boolean} mine whether with the reader's own words
 * @param {(list: string) => string} runOf the run whose ticks a list gets
 */
function fillSheet(sheet, mine, runOf) {
  const { checklist, lesson } = sheet.dataset;
  if (checklist) fillTicks(sheet, checklist, mine, mine ? runOf(checklist) : "");
  if (lesson) fillNotes(sheet, lesson, mine);
  for (const blank of all(sheet, ".guide-blank")) {
    blank.dataset.example ??= blank.textContent ?? "";
    blank.textContent = (mine && store.get(`field/${blank.dataset.field}`)) || blank.dataset.example;
  }
}

/**
 * @param {HTMLElement} sheet
 * @param {string} list
 * @param {boolean} mine
 * @param {string} run
 */
function fillTicks(sheet, list, mine, run) {
  const name = one(sheet, ".guide-track__name");
  name.textContent = store.get(`run/${run}`)?.name ?? "";
  name.hidden = !run;
  for (const row of all(sheet, ".guide-item")) {
    const value = mine && store.get(tickKey(list, row.dataset.item ?? "", run));
    row.classList.toggle("guide-item--skipped", value === "skip");
    row.classList.toggle("guide-item--done", value === "done");
    row.querySelector(".guide-item__text")?.setAttribute("data-skipped", t("not_for_me_note"));
    // The mark is drawn; this is it in words.
    const words = value ? [make("span", { class: "guide-unseen" }, `${t(value === "done" ? "done_mark" : "not_for_me_mark")} `)] : [];
    row.querySelector(".guide-sheet__box")?.replaceChildren(...words);
  }
}

/**
 * @param {HTMLElement} sheet
 * @param {string} lesson
 * @param {boolean} mine
 */
function fillNotes(sheet, lesson, mine) {
  const papers = all(sheet, ".guide-note__paper");
  const { keys } = notesOf(
    lesson,
    papers.map((paper) => paper.dataset.question ?? ""),
  );
  for (const paper of papers) {
    const text = mine ? (store.get(keys.get(paper.dataset.question ?? "") ?? "")?.text ?? "") : "";
    paper.replaceChildren(...(text ? [text] : [make("i"), make("i"), make("i")]));
    paper.classList.toggle("guide-note__paper--written", text !== "");
  }
}
