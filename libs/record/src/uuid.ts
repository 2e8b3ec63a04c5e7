const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID of any version, in its canonical lower-case spelling? */
export const isUuid = (text: string): boolean => UUID.test(text);
