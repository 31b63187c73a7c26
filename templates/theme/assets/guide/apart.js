/**
 * Scripts that only some pages need are files of their own. A page that has one of their elements when it is loaded asks
 * for the file itself (main.html); this fetches it after a move from another page.
 */

/** The elements of each of these scripts, as a selector; the build writes them. @type {Record<string, string>} */
const APART = {};

const script = document.currentScript;
const beside = script instanceof HTMLScriptElement ? new URL(".", script.src).href : "";

function fetchApart() {
  for (const [name, elements] of Object.entries(APART)) {
    if (document.querySelector(elements) && !document.querySelector(`script[src$="assets/${name}.js"]`)) {
      document.head.append(make("script", { src: `${beside}${name}.js` }));
    }
  }
}

fetchApart();
document$?.subscribe(fetchApart);
