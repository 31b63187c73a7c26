/**
 * The text of a message: read from the page, filled in, shown.
 */

/**
 * A piece of a text, as generator/message_text.py reads it: words, a field, or pieces that can be left out.
 * @typedef {{ text?: string, field?: string, pieces?: Piece[] }} Piece
 */
/** @typedef {{ start: number, end: number, field: string }} Mark  Where a field stands in a filled text. */
/** @typedef {{ text: string, marks: Mark[] }} Filled */

/**
 * Read the pieces of a text from the markup that the server wrote.
 * @param {Node} element
 * @returns {Piece[]}
 */
function readPieces(element) {
  return [...element.childNodes].map((node) => {
    if (!(node instanceof HTMLElement)) return { text: node.textContent || "" };
    return node.dataset.field ? { field: node.dataset.field } : { pieces: readPieces(node) };
  });
}

/** White space as Python's `str.rstrip` takes it. */
const SPACE_AT_END = /[ \t\n]+$/;
const SPACE_AT_START = /^[ \t\n]+/;

/**
 * Fill in a text. As `fill` in generator/message_text.py, step by step; a test compares them.
 * @param {Piece[]} pieces
 * @param {Map<string, string>} values
 * @param {(number: number) => boolean} keep  whether the optional piece with this number stays
 * @returns {Filled}
 */
function fill(pieces, values, keep) {
  /** @type {Mark[]} */
  const marks = [];
  let out = "";
  let number = 0;
  /** @param {Piece} piece */
  const words = (piece) => (piece.field === undefined ? piece.text || "" : values.get(piece.field) || "");
  /** @param {Piece} piece @param {string} text */
  const add = (piece, text) => {
    if (piece.field !== undefined) marks.push({ start: out.length, end: out.length + text.length, field: piece.field });
    out += text;
  };
  /** What stood around a piece that was left out. @type {string | null} */
  let gap = null;
  for (const piece of pieces) {
    const inner = piece.pieces || [piece];
    if (piece.pieces) {
      const filled = inner.every((one) => one.field === undefined || values.get(one.field));
      const kept = keep(number) && filled;
      number += 1;
      if (!kept) {
        const rest = out.replace(SPACE_AT_END, "");
        gap = wider(gap || "", out.slice(rest.length));
        out = rest;
        for (const mark of marks) {
          mark.start = Math.min(mark.start, out.length);
          mark.end = Math.min(mark.end, out.length);
        }
        continue;
      }
    }
    const whole = inner.map(words).join("");
    let cut = 0;
    if (gap !== null) {
      const rest = whole.replace(SPACE_AT_START, "");
      cut = whole.length - rest.length;
      gap = wider(gap, whole.slice(0, cut));
      if (!rest) continue;
      if (out) out += closedGap(gap, rest);
      gap = null;
    }
    for (const one of inner) {
      const text = words(one);
      const here = Math.min(cut, text.length);
      cut -= here;
      add(one, text.slice(here));
    }
  }
  return { text: out, marks };
}

/**
 * The gap with more line breaks, then the longer one, as `_wider` in message_text.py.
 * @param {string} one
 * @param {string} other
 */
function wider(one, other) {
  const lines = (/** @type {string} */ gap) => gap.split("\n").length;
  if (lines(one) !== lines(other)) return lines(one) > lines(other) ? one : other;
  return other.length > one.length ? other : one;
}

/**
 * What remains of a gap before the text that follows it, as `_closed` in message_text.py.
 * @param {string} gap
 * @param {string} after
 */
function closedGap(gap, after) {
  const lines = gap.split("\n").length - 1;
  if (lines) return "\n".repeat(Math.min(lines, 2));
  return gap && !",.;:?!)".includes(after.charAt(0)) ? " " : "";
}

/**
 * Show a filled text: what is shown is what is copied, with marks on the fields.
 * @param {Element} element
 * @param {Filled} filled
 * @param {(field: string) => boolean} isFilled
 */
function paint(element, filled, isFilled) {
  const shown = document.createDocumentFragment();
  let position = 0;
  for (const { start, end, field } of filled.marks) {
    shown.append(filled.text.slice(position, start));
    const look = `guide-blank guide-blank--${isFilled(field) ? "filled" : "open"}`;
    shown.append(make("mark", { class: look, "data-field": field }, filled.text.slice(start, end)));
    position = end;
  }
  shown.append(filled.text.slice(position));
  element.replaceChildren(shown);
}

/** The fields among these pieces, not those in optional ones. @param {Piece[]} pieces @returns {Set<string>} */
const fieldsOf = (pieces) => new Set(pieces.flatMap((piece) => (piece.field ? [piece.field] : [])));

/** The pieces that can be left out, each as the pieces in it. @param {Piece[]} pieces @returns {Piece[][]} */
const optionalOf = (pieces) => pieces.flatMap((piece) => (piece.pieces ? [piece.pieces] : []));
