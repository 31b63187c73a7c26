/**
 * Counting a message as its channel does.
 */

/** @typedef {{ says: string, over: boolean }} Count */

// The GSM-7 alphabet, as in generator/sms.py; characters of the second set take two places.
const GSM = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const GSM_TWO = new Set("^{}\\[~]|€\f");
/** What phones and word processors put in place of plain marks. @type {Record<string, string>} */
const PLAIN = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " " };
const FANCY = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

/**
 * Count a text as a phone does: in GSM-7, or in UTF-16 units as soon as one character is foreign to it.
 * @param {string} text
 */
function countSms(text) {
  const characters = [...text];
  const foreign = [...new Set(characters.filter((one) => !GSM.has(one) && !GSM_TWO.has(one)))];
  const length = foreign.length ? text.length : characters.reduce((sum, one) => sum + (GSM_TWO.has(one) ? 2 : 1), 0);
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
    const messages = `${parts} text message${parts === 1 ? "" : "s"}`;
    const why = foreign.length
      ? ` The SMS alphabet lacks ${foreign.slice(0, 6).join(" ")}, so one message holds 70 characters, not 160.`
      : "";
    if (parts > most) return { says: `Too long: ${length} characters, ${messages}; ${most} is the most.${why}`, over: true };
    return { says: `${length} of ${room} characters, ${messages}.${why}`, over: false };
  }
  if (limit) {
    const length = body.length;
    if (length <= limit) {
      const room = paid ? ` ${paid} with ${name}.` : "";
      return { says: `${length} of ${limit} characters.${room}`, over: false };
    }
    if (facts.kind !== "hard") return { says: `${length} characters: long for a ${facts.noun}, ${limit} read well.`, over: true };
    if (length <= paid) return { says: `Too long without ${name}: ${length} of ${limit} characters. It fits with ${name} (${paid}).`, over: true };
    const most = paid || limit;
    return { says: `Too long by ${length - most}: ${length} of ${most} characters${paid ? `, even with ${name}` : ""}.`, over: true };
  }
  if (facts.subjectLimit) {
    const length = [...subject].length;
    if (length <= Number(facts.subjectLimit)) return { says: `Subject: ${length} of ${facts.subjectLimit} characters.`, over: false };
    return { says: `Subject too long for a phone: ${length} of ${facts.subjectLimit} characters.`, over: true };
  }
  return { says: "", over: false };
}
