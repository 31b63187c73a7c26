/**
 * Lets instant navigation work wherever the site is served from: it makes a whole visit one document, so that what was
 * typed into one message is there in the next.
 *
 * Material knows its pages by their addresses in sitemap.xml, which begin with `site_url`, and fits those to the server's
 * name, but not to its port or folder. So the addresses are put right while it reads them. Loaded before its bundle.
 */
(() => {
  "use strict";
  const { site = "", root = "" } = document.currentScript?.dataset || {};
  const home = new URL(root.replace(/\/?$/, "/"), location.href);
  const parse = DOMParser.prototype.parseFromString;
  /** @type {typeof parse} */
  DOMParser.prototype.parseFromString = function (text, type) {
    const parsed = parse.call(this, text, type);
    if (site && parsed.documentElement.localName === "urlset") {
      for (const page of parsed.getElementsByTagName("loc")) {
        const address = page.textContent || "";
        if (address.startsWith(site)) page.textContent = new URL(address.slice(site.length), home).href;
      }
    }
    return parsed;
  };
})();
