// Base64 with padding (RFC 4648 section 4), as signed notes and proofs have it. By atob and btoa, which browsers have too.

export const toBase64 = (bytes: Uint8Array): string => {
  let letters = '';
  for (let at = 0; at < bytes.length; at += 1) letters += String.fromCharCode(bytes[at] as number);
  return btoa(letters);
};

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of a canonical base64 text, or null: no spaces, all padding, no stray last bits, so that one value has one spelling. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return null;
  const letters = decoded(text);
  if (letters === null) return null;
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  // Stray bits can only stand in the last group.
  const last = text.length - 4;
  return last < 0 || toBase64(bytes.subarray((last / 4) * 3)) === text.slice(last) ? bytes : null;
};

const decoded = (text: string): string | null => {
  try {
    return atob(text);
  } catch {
    return null;
  }
};
