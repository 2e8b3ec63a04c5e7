export type KeyStoreRefusal = 'KEY_FILE_TOO_OPEN' | 'KEY_FILE_MALFORMED' | 'KEY_FILE_MISSING' | 'KEY_WRONG' | 'KEY_STORE_ELSEWHERE';

/** The key store does not open. The message says what is wrong and what to do, and holds no key. */
export class KeyStoreRefused extends Error {
  override readonly name = 'KeyStoreRefused';
  constructor(
    readonly code: KeyStoreRefusal,
    readonly problem: string,
    readonly whatToDo: string,
  ) {
    super(`${problem}. ${whatToDo}`);
  }
}
