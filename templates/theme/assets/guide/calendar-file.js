/**
 * Days, and a calendar file of them (iCalendar, RFC 5545), for the follow-up of a message or a routine.
 *
 * A day is a number throughout: the milliseconds of its midnight in UTC. So no time zone and no change of the clocks
 * can move it, and every event is of whole days, the same everywhere.
 */

/** Octets in a line, at most (RFC 5545, 3.1). */
const LONGEST_LINE = 75;
const utf8 = new TextEncoder();

/**
 * One event: a whole day with one reminder at nine.
 * @typedef {{ uid: string, day: number, rule: string, title: string, lines: string[], page: string }} CalendarEvent
 */

/** The day it is for the reader. */
function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
}

/**
 * Return a day so much later. The end of a month stays in it: a month after 31 January is the last of February.
 * @param {number} day
 * @param {number} days
 * @param {number} months
 */
function laterDay(day, days, months) {
  const from = new Date(day);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), last)) + days * DAY;
}

/** A day as input fields have it, 2026-11-24. @param {number} day */
const isoDay = (day) => new Date(day).toISOString().slice(0, 10);

/**
 * Return a rule for an event that begins on a day. Months are counted by weekday ("the third Tuesday"): a rule for
 * the 31st would leave out every month without one. RFC 5545 (3.8.5.3) wants the first day to fit the rule.
 * @param {string} rule
 * @param {number} day
 */
function ruleFrom(rule, day) {
  if (!rule.startsWith("FREQ=MONTHLY")) return rule;
  const date = new Date(day);
  const number = Math.ceil(date.getUTCDate() / 7);
  // "Tue, 24 Nov 2026" in every language: of iCalendar's TU the first letters.
  const weekday = date.toUTCString().slice(0, 2).toUpperCase();
  return `${rule};BYDAY=${number > 4 ? -1 : number}${weekday}`;
}

/** A text as a value (3.3.11); characters that no text may hold are left out. @param {string} text */
const calendarText = (text) =>
  text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replace(/[\0-\x08\x0e-\x1f\x7f]/g, "")
    .replace(/[\\,;]/g, "\\$&")
    .replace(/\n/g, "\\n");

/**
 * Fold a line by octets, never inside a character.
 * @param {string} line
 */
function foldedLine(line) {
  let out = "";
  let room = LONGEST_LINE;
  for (const character of line) {
    const size = utf8.encode(character).length;
    if (size > room) {
      out += "\r\n ";
      room = LONGEST_LINE - 1;
    }
    out += character;
    room -= size;
  }
  return out;
}

/**
 * Return a calendar file.
 * @param {CalendarEvent[]} entries
 * @param {number} now milliseconds
 */
function calendar(entries, now) {
  const date = (/** @type {number} */ day) => isoDay(day).replaceAll("-", "");
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = entries.flatMap(({ uid, day, rule, title, lines, page }) => [
    "BEGIN:VEVENT",
    `UID:${calendarText(uid)}`,
    // In minutes, so that a file that is made later is the newer one, than the built file with its UID, too.
    `SEQUENCE:${Math.floor(now / 60000)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${date(day)}`,
    `DTEND;VALUE=DATE:${date(day + DAY)}`,
    ...(rule ? [`RRULE:${ruleFrom(rule, day)}`] : []),
    "TRANSP:TRANSPARENT",
    `SUMMARY:${calendarText(title)}`,
    `DESCRIPTION:${calendarText(lines.join("\n"))}`,
    ...(page ? [`URL:${page}`] : []),
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${calendarText(title)}`,
    // Nine in the morning, as in the built files.
    "TRIGGER:PT9H",
    "END:VALARM",
    "END:VEVENT",
  ]);
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coaching-guide//reminders 1//EN"];
  return [...head, ...lines, "END:VCALENDAR"].map((line) => `${foldedLine(line)}\r\n`).join("");
}
