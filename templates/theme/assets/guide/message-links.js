/**
 * Links that open a message in another program, as generator/addresses.py makes them.
 */

/** @param {string} text */
const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
/** @type {Record<string, { name: string, address: (subject: string, body: string) => string }>} */
const LINKS = {
  mailto: {
    name: t("link_mail"),
    address: (subject, body) => `mailto:?subject=${encode(subject)}&body=${encode(body.replaceAll("\n", "\r\n"))}`,
  },
  whatsapp: { name: "WhatsApp", address: (_, body) => `https://wa.me/?text=${encode(body)}` },
};

