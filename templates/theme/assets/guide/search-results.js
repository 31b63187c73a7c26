/**
 * Material lists what a found page answers as navigation, one of the same name for each result: it is no navigation.
 */

const searchResults = document.querySelector("[data-md-component=search-result]");
if (searchResults) {
  new MutationObserver(() => {
    for (const list of all(searchResults, "nav.md-tags:not([role])")) list.setAttribute("role", "none");
  }).observe(searchResults, { childList: true, subtree: true });
}
