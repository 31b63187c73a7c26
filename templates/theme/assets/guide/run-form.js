/**
 * The form that asks for the name of a run, to start one or to rename it.
 */

/**
 * @param {{ button: string, name: string }} words what the button says, and the name the run has now
 * @param {(name: string) => boolean} isTaken
 * @param {(name: string) => void} accept gets a name that is free
 * @param {() => void} cancel
 */
function runForm(words, isTaken, accept, cancel) {
  const field = make("input", { type: "text", maxlength: LONGEST_NAME, autocomplete: "off", value: words.name });
  const hint = make(
    "span",
    { class: "guide-quiet", id: "guide-run-hint" },
    t("run_hint"),
  );
  field.setAttribute("aria-describedby", hint.id);
  const form = make(
    "form",
    {},
    make("label", {}, make("span", {}, t("run_name")), " ", field),
    hint,
    make(
      "div",
      { class: "guide-track__buttons" },
      make("button", { type: "submit", class: "guide-button guide-button--main" }, words.button),
      makeButton(t("cancel"), cancel),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = field.value.trim().replace(/\s+/g, " ");
    if (name && !isTaken(name)) {
      accept(name);
      return;
    }
    const fault = t(name ? "run_taken" : "run_nameless");
    hint.textContent = fault;
    field.setAttribute("aria-invalid", "true");
    say(fault);
    field.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
  });
  return form;
}
