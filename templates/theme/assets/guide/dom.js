/**
 * Finding, making and defining elements. Text is only ever text: nothing here reads markup.
 */

/**
 * Return the one element that a page must have.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T}
 */
function one(root, selector, kind = /** @type {any} */ (HTMLElement)) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page lacks ${selector}.`);
  return found;
}

/**
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T[]}
 */
function all(root, selector, kind = /** @type {any} */ (HTMLElement)) {
  /** @type {(found: Element) => found is T} */
  const fits = (found) => found instanceof kind;
  return [...root.querySelectorAll(selector)].filter(fits);
}

/**
 * Make an element. Functions become click listeners.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | ((event: MouseEvent) => void)>} [given]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener("click", /** @type {EventListener} */ (value));
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Make a button.
 * @param {string} name
 * @param {(event: MouseEvent) => void} click
 * @param {"" | "main" | "quiet"} [look]
 */
const makeButton = (name, click, look = "") =>
  make("button", { type: "button", class: look ? `guide-button guide-button--${look}` : "guide-button", click }, name);

/**
 * Make a link to a page; absolute, because the page's own address may have changed by the time it is followed.
 * @param {string} url
 * @param {string} text
 */
const makeLink = (url, text) => make("a", { href: new URL(url, document.baseURI).href }, text);

/**
 * Offer a text as a file.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
function offerFile(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: url, download: name }).click();
  // The browser has to have begun before the address may go.
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/**
 * Base of the guide's elements, which show what the store says. What is bound with `signal` goes when the element leaves
 * the page.
 */
class Connected extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    this.connected(this.leaving.signal);
    speakOfTrouble();
  }

  disconnectedCallback() {
    this.leaving?.abort();
  }

  /**
   * Build and bind; called each time the element comes into a page.
   * @param {AbortSignal} signal
   */
  connected(signal) {
    this.show();
    store.addEventListener("change", () => this.show(), { signal });
  }

  /** Show what the store says now. */
  show() {}
}

/**
 * @param {string} name
 * @param {CustomElementConstructor} element
 */
function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
