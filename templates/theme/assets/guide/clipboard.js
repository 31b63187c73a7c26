/**
 * The clipboard, as far as a browser lets a page use it.
 */

/**
 * Put plain text on the clipboard; true only when the browser said so, or took the text from our own handler.
 * @param {string} text
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No secure context (http:// in a local network), or not allowed: the older way still may be.
  }
  let taken = false;
  /** @param {ClipboardEvent} event */
  const give = (event) => {
    if (!event.clipboardData) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  document.addEventListener("copy", give, true);
  try {
    // Only the event counts: inside a dialog the command returns true and may have copied nothing.
    document.execCommand("copy");
  } catch {
    // The reader copies by hand then.
  } finally {
    document.removeEventListener("copy", give, true);
  }
  return taken;
}

const COPY_KEYS = /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "Cmd+C" : t("copy_keys");
