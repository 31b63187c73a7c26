/**
 * Tells that a newer edition of the guide is there, and shows it when the reader wants it.
 */

// Early in the order of the keyboard, and there before anything is said in it.
const editionRegion = make("div", { class: "guide-edition", role: "status" });
if (workers) document.querySelector(".md-header")?.after(editionRegion);

/** @param {ServiceWorkerRegistration} registration */
function tellNewer(registration) {
  if (editionRegion.firstChild) return;
  const show = () => {
    const next = registration.waiting;
    // Another tab has accepted it.
    if (!next) location.reload();
    next?.addEventListener("statechange", () => next.state === "activated" && location.reload());
    next?.postMessage("activate");
  };
  const later = () => {
    editionRegion.classList.remove("guide-status", "guide-status__notice");
    editionRegion.replaceChildren(make("span", { hidden: true }));
  };
  editionRegion.classList.add("guide-status", "guide-status__notice");
  editionRegion.replaceChildren(
    make("p", {}, t("offline_newer")),
    makeButton(t("offline_show"), show),
    makeButton(t("offline_later"), later),
  );
}
