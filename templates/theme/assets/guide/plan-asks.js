/**
 * What the plan says and asks under a button, in the place that its page keeps for that.
 */

/**
 * Say something there.
 * @param {HTMLElement} place
 * @param {string} text
 * @param {string} [look] a class
 */
function tellIn(place, text, look = "") {
  place.replaceChildren(make("p", { class: look }, text));
  say(text);
}

/**
 * Ask there before something is done.
 * @param {HTMLElement} place
 * @param {string} question
 * @param {Node[]} more what stands under the question
 * @param {[string, () => void]} yes the button that does it
 * @param {string} no the button that leaves it
 * @param {HTMLElement} back gets the focus then
 */
function askIn(place, question, more, [yes, act], no, back) {
  const sure = makeButton(yes, act, "main");
  const leave = () => {
    place.replaceChildren();
    back.focus();
  };
  place.replaceChildren(
    make("p", { class: "guide-plan__asks" }, question),
    ...more,
    make("p", { class: "guide-track__buttons" }, sure, makeButton(no, leave)),
  );
  sure.focus();
}
