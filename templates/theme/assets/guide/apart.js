/**
 * Scripts that only some pages need are files of their own. A page that has one of their elements when it is loaded asks
 * for the file itself (main.html); this fetches it after a move from another page.
 */

/** The elements of each of these scripts, as a selector; the build writes them. @type {Record<string, string>} */
const APART = {};

function fetchApart() {
  for (const [name, elements] of Object.entries(APART)) {
    const file = `assets/${name}.js`;
    if (document.querySelector(elements) && !document.querySelector(`script[src$="${file}"]`)) {
      // What will look otherwise with it waits for it (state.css).
      document.documentElement.classList.add("guide-wait");
      document.head.append(make("script", { src: new URL(file, siteRoot).href }));
    }
  }
}

fetchApart();
document$?.subscribe(fetchApart);
