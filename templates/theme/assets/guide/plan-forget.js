/**
 * Forgetting everything that this guide keeps on the device.
 */

/**
 * The section of the plan in which everything is forgotten.
 * @param {() => void} after
 */
function forgetting(after) {
  const asks = make("div", { class: "guide-plan__result" });
  const ask = makeButton(t("plan.forget"), () => {
    const counts = [...store.counts()].map(([kind, number]) => countedKind(kind, number));
    const keep = () => {
      asks.replaceChildren();
      ask.focus();
    };
    const text = t(counts.length ? "plan.forget_what" : "plan.forget_place", { what: counts.join(", ") });
    const sure = makeButton(
      t("plan.forget_sure"),
      () => {
        store.forget();
        after();
        asks.replaceChildren(make("p", {}, t("plan.forgotten")));
        say(t("plan.forgotten"));
        ask.focus();
      },
      "main",
    );
    asks.replaceChildren(
      make("p", { class: "guide-plan__asks" }, text),
      make("p", { class: "guide-track__buttons" }, sure, makeButton(t("plan.forget_keep"), keep)),
    );
    say(text);
    sure.focus();
  });
  return make(
    "section",
    { class: "guide-plan__forget", "aria-labelledby": "plan-forget" },
    make("h2", { id: "plan-forget" }, t("plan.shared_device")),
    make("p", {}, t("plan.shared_device_about")),
    make("p", {}, ask),
    asks,
  );
}
