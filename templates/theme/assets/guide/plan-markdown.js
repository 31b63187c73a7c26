/**
 * "My plan" as Markdown, to be read in any editor.
 */

/** A text of the reader as one that Markdown leaves alone. @param {string} text */
const asMarkdown = (text) => text.replace(/([\\`*_[\]<>#])/g, "\\$1");

/**
 * The plan as Markdown.
 * @param {GuidePages} guide
 */
function planMarkdown(guide) {
  const lines = [`# My plan: ${asMarkdown(guide.title)}`];
  const begun = started(guide);
  if (begun.length) lines.push("", "## Checklists");
  for (const { list, run, name } of begun) {
    const done = inWords(startedProgress({ list, run }));
    lines.push("", `### ${asMarkdown(name ? `${name} (${list.title})` : list.title)}: ${done}`, "");
    for (const [item, text] of list.items) {
      const value = store.get(tickKey(list.id, item, run));
      lines.push(`- [${value === "done" ? "x" : " "}] ${asMarkdown(text)}${value === "skip" ? " (not for me)" : ""}`);
    }
  }
  const messages = followed(guide);
  if (messages.length) lines.push("", "## Follow-ups", "");
  for (const message of messages) lines.push(`- ${asMarkdown(message.title)} (${asMarkdown(message.send)})`);
  const { known, gone } = notesByLesson(guide);
  if (known.length + gone.length) lines.push("", "## Notes");
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
  const opened = guide.lessons.filter((lesson) => store.get(`lesson/${lesson.id}`));
  if (opened.length) lines.push("", "## Lessons", "");
  for (const { id, title } of opened) {
    lines.push(`- ${asMarkdown(title)}: ${STATES[/** @type {keyof typeof STATES} */ (store.get(`lesson/${id}`))].toLowerCase()}`);
  }
  return `${lines.join("\n")}\n`;
}
