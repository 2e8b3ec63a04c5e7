// Base64 with padding (RFC 4648 section 4), as signed notes and proofs have it. By atob and btoa, which browsers have too.

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a canonical base64 text, or null: no spaces, all padding, no stray last bits, so that one value has one spelling. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (!BASE64.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  // Stray bits can only stand in the last group.
  const last = text.length - 4;
  return last < 0 || btoa(String.fromCharCode(...bytes.subarray((last / 4) * 3))) === text.slice(last) ? bytes : null;
};
