/**
 * Filters an index page by situation, channel and stage. Without it the page is what it was: headings and lists.
 */
class GuideFilter extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const status = this.querySelector("[role=status]");
    if (!form || !status) return;
    this.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.apply(form, status));
    // The fields are empty only after the reset event.
    form.addEventListener("reset", () => setTimeout(() => this.apply(form, status)));
    this.apply(form, status);
  }

  /**
   * @param {HTMLFormElement} form
   * @param {Element} status
   */
  apply(form, status) {
    const wanted = new FormData(form);
    const chosen = ["situation", "channel", "stage"].filter((key) => wanted.get(key));
    let shown = 0;
    for (const list of document.querySelectorAll("ul.guide-cards")) {
      let here = 0;
      for (const card of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".guide-card"))) {
        const fits = chosen.every((key) => {
          const value = String(wanted.get(key));
          return key === "channel"
            ? (card.dataset.channels || "").split("|").includes(value)
            : card.dataset[key] === value;
        });
        card.hidden = !fits;
        if (fits) here += 1;
      }
      // Its heading, and the line under the heading where there is one.
      for (let above = list.previousElementSibling; above && /^(H2|P)$/.test(above.tagName); above = above.previousElementSibling) {
        /** @type {HTMLElement} */ (above).hidden = here === 0;
        if (above.tagName === "H2") break;
      }
      /** @type {HTMLElement} */ (list).hidden = here === 0;
      shown += here;
    }
    const { none = "", fit = "" } = this.dataset;
    status.textContent = chosen.length === 0 ? "" : shown === 0 ? none : t(JSON.parse(fit), { n: shown });
  }
}

if (!customElements.get("guide-filter")) customElements.define("guide-filter", GuideFilter);
