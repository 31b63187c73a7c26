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
 * @param {DOMStringMap} facts  what the server says about the channel (generator/channels.py)
 * @param {string} subject
 * @param {string} body
 * @returns {Count}
 */
function count(facts, subject, body) {
  const limit = Number(facts.limit || 0);
  const paid = Number(facts.paid || 0);
  const name = facts.paidName || "";
  if (facts.gsm !== undefined) {
    const { length, foreign, parts, room } = countSms(body);
    const most = Math.floor(limit / 153);
    const why = foreign.length ? ` ${t("sms_alphabet", { characters: foreign.slice(0, 6).join(" ") })}` : "";
    const over = parts > most;
    const says = t(over ? "sms_long" : "sms_fits", { length, room, most, messages: t("sms_messages", { n: parts }) });
    return { says: says + why, over };
  }
  if (limit) {
    const length = body.length;
    const facing = { length, limit, paid, name, noun: facts.noun ?? "" };
    if (length <= limit) {
      const room = paid ? ` ${t("length_paid", facing)}` : "";
      return { says: t("length_fits", facing) + room, over: false };
    }
    if (facts.kind !== "hard") return { says: t("length_advice", facing), over: true };
    if (length <= paid) return { says: t("length_free", facing), over: true };
    const most = paid || limit;
    return { says: t(paid ? "length_over_paid" : "length_over", { ...facing, most, by: length - most }), over: true };
  }
  if (facts.subjectLimit) {
    const length = [...subject].length;
    const over = length > Number(facts.subjectLimit);
    return { says: t(over ? "subject_over" : "subject_fits", { length, limit: facts.subjectLimit }), over };
  }
  return { says: "", over: false };
}
