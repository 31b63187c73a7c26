/**
 * Forgetting everything that this guide keeps on the device.
 */

/**
 * The section of the plan in which everything is forgotten.
 * @param {() => void} after
 */
function forgetting(after) {
  const asks = make("div", { class: "guide-plan__result" });
  const ask = makeButton("Forget everything on this device", () => {
    const counts = [...store.counts()].map(([kind, number]) => countedKind(kind, number));
    const keep = () => {
      asks.replaceChildren();
      ask.focus();
    };
    const what = counts.length ? `This removes ${counts.join(", ")}` : "This removes where you were";
    const text = `${what} from this device. It cannot be undone; a file that you downloaded stays.`;
    const sure = makeButton(
      "Yes, forget it all",
      () => {
        store.forget();
        after();
        asks.replaceChildren(make("p", {}, "Everything is forgotten."));
        say("Everything is forgotten.");
        ask.focus();
      },
      "main",
    );
    asks.replaceChildren(
      make("p", { class: "guide-plan__asks" }, text),
      make("p", { class: "guide-track__buttons" }, sure, makeButton("Keep it", keep)),
    );
    say(text);
    sure.focus();
  });
  return make(
    "section",
    { class: "guide-plan__forget", "aria-labelledby": "plan-forget" },
    make("h2", { id: "plan-forget" }, "On a shared device"),
    make("p", {}, "Others who use this browser can see what stands here."),
    make("p", {}, ask),
    asks,
  );
}
