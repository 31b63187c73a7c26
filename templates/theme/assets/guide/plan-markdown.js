/**
 * "My plan" as Markdown, to be read in any editor.
 */

/** A text of the reader as one that Markdown leaves alone. @param {string} text */
const asMarkdown = (text) => text.replace(/([\\\x60*_[\]<>#])/g, "\\$1");

/**
 * The plan as Markdown.
 * @param {GuidePages} guide
 */
function planMarkdown(guide) {
  const lines = [`# ${t("plan.titled", { title: asMarkdown(guide.title) })}`];
  const begun = started(guide);
  if (begun.length) lines.push("", `## ${t("plan.checklists")}`);
  for (const { list, run, name } of begun) {
    const done = inWords(startedProgress({ list, run }));
    lines.push("", `### ${asMarkdown(name ? t("run_of_list", { name, list: list.title }) : list.title)}: ${done}`, "");
    for (const [id, text] of list.items) {
      const item = asMarkdown(text);
      const value = store.get(tickKey(list.id, id, run));
      lines.push(`- [${value === "done" ? "x" : " "}] ${value === "skip" ? t("plan.not_for_me", { item }) : item}`);
    }
  }
  const messages = followed(guide);
  if (messages.length) lines.push("", `## ${t("plan.follow_ups")}`, "");
  for (const message of messages) lines.push(`- ${asMarkdown(message.title)} (${asMarkdown(message.send)})`);
  const { known, gone } = notesByLesson(guide);
  if (known.length + gone.length) lines.push("", `## ${t("plan.notes")}`);
  const written = (/** @type {string} */ question, /** @type {Note} */ note) => {
    lines.push("", `**${asMarkdown(question)}**`, "", ...note.text.split("\n").map((line) => `> ${asMarkdown(line)}`.trimEnd()));
  };
  for (const { lesson, keys, lost } of known) {
    lines.push("", `### ${asMarkdown(lesson.title)}`);
    for (const question of lesson.questions) {
      const key = keys.get(question);
      if (key) written(question, store.get(key));
    }
    for (const note of lost.values()) written(note.question, note);
  }
  for (const [, note] of gone) written(note.question, note);
  const lessons = begunLessons(guide);
  if (lessons.length) lines.push("", `## ${t("plan.lessons")}`, "");
  for (const { id, title } of lessons) {
    const state = store.get(`lesson/${id}`);
    const inside = t(`plan.state_${state}_inside`);
    lines.push(`- ${asMarkdown(title)}: ${inside}`);
  }
  return `${lines.join("\n")}\n`;
}
