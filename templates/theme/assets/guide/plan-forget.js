/**
 * Forgetting everything that this guide keeps on the device.
 */

/**
 * @param {HTMLElement} section of the plan
 * @param {() => void} after
 * @param {AbortSignal} signal
 */
function forgetting(section, after, signal) {
  const place = one(section, ".guide-plan__result");
  const button = one(section, "button");
  const forget = () => {
    store.forget();
    after();
    tellIn(place, t("plan.forgotten"));
    button.focus();
  };
  const ask = () => {
    const kept = keptInWords();
    const question = t(kept ? "plan.forget_what" : "plan.forget_place", { what: kept });
    askIn(place, question, [], [t("plan.forget_sure"), forget], t("plan.forget_keep"), button);
    say(question);
  };
  button.addEventListener("click", ask, { signal });
  section.hidden = false;
}
