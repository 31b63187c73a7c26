/**
 * Counting a message as its channel does.
 */

/** @typedef {{ says: string, over: boolean }} Count */

// The GSM-7 alphabet, as in generator/sms.py: of ASCII all from the space to Z, then what else takes one place; characters
// of the second set take two.
const GSM = /[ -Z_a-z\n\r£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]/;
const GSM_TWO = /[\^{}\\[~\]|€\f]/;
/** What phones and word processors put in place of plain marks. @type {Record<string, string>} */
const PLAIN = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " " };
const FANCY = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

/**
 * Count a text as a phone does: in GSM-7, or in UTF-16 units as soon as one character is foreign to it.
 * @param {string} text
 */
function countSms(text) {
  const characters = [...text];
  const foreign = [...new Set(characters.filter((one) => !GSM.test(one) && !GSM_TWO.test(one)))];
  const length = foreign.length ? text.length : characters.reduce((sum, one) => sum + (GSM_TWO.test(one) ? 2 : 1), 0);
  const [one, each] = foreign.length ? [70, 67] : [160, 153];
  const parts = length <= one ? 1 : Math.ceil(length / each);
  return { length, foreign, parts, room: parts === 1 ? one : parts * each };
}

/**
 * Count a message as its channel does.
 * @param {DOMStringMap} facts  what the page says about the channel (`counting` in message.md.j2)
 * @param {string} subject
 * @param {string} body
 * @returns {Count}
 */
function count(facts, subject, body) {
  const { fits = "", free = "", over = "" } = facts;
  const limit = Number(facts.limit ?? 0);
  if (facts.gsm !== undefined) {
    const { length, foreign, parts, room } = countSms(body);
    const most = Math.floor(limit / 153);
    const why = foreign.length ? " " + t(facts.alphabet ?? "", { characters: foreign.slice(0, 6).join(" ") }) : "";
    const messages = t(JSON.parse(facts.messages ?? ""), { n: parts });
    return { says: t(parts > most ? over : fits, { length, room, most, messages }) + why, over: parts > most };
  }
  if (!limit) return { says: "", over: false };
  const length = facts.counts === "subject" ? [...subject].length : body.length;
  const most = Number(facts.paid ?? limit);
  const says = length <= limit ? fits : (length <= most && free) || over;
  return { says: t(says, { length, by: length - most }), over: length > limit };
}
