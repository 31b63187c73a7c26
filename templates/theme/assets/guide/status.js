/**
 * The one place where the page speaks: a status region for screen readers, and in it a notice that everybody sees.
 */

/** What is said, unseen: whatever it says shows on the page, too. */
const spoken = make("p", { class: "guide-status__spoken" });
const noticeText = make("p");
const notice = make("div", { class: "guide-status__notice", hidden: true }, noticeText, makeButton(t("close"), closeNotice));
/** It has to be there before anything is said in it. Not atomic: what is said does not repeat the notice. */
const statusRegion = make("div", { class: "guide-status", role: "status", "aria-atomic": "false" }, spoken, notice);
document.body.append(statusRegion);
/** The time that passes between two sayings, or a screen reader is silent when they are the same. */
const PAUSE = 40;
let saying = 0;

/**
 * Say something once, also when it was the last thing said; "" takes back what was said.
 * @param {string} text
 */
function say(text) {
  clearTimeout(saying);
  // Screen readers do not hear what is outside of an open dialog.
  const place = [...document.querySelectorAll("dialog[open]")].pop() ?? document.body;
  if (statusRegion.parentElement !== place) place.append(statusRegion);
  spoken.textContent = "";
  if (text) saying = setTimeout(() => (spoken.textContent = text), PAUSE);
}

/**
 * Show everybody something, until they close it.
 * @param {string} text
 */
function showNotice(text) {
  noticeText.textContent = text;
  notice.hidden = false;
}

function closeNotice() {
  notice.hidden = true;
  noticeText.textContent = "";
}

/**
 * Show what was done and a button that takes it back, with the focus on it: the button that did it may be gone.
 * @param {HTMLElement} place
 * @param {string} text
 * @param {() => void} undo
 * @param {() => HTMLElement | null} back gets the focus afterwards
 */
function offerUndo(place, text, undo, back) {
  const button = makeButton(t("undo"), () => {
    place.replaceChildren();
    undo();
    say(t("undone"));
    back()?.focus();
  });
  place.replaceChildren(make("span", {}, text), " ", button);
  say(text);
  button.focus();
}
