// What the runner put into the global scope, under the name by which a spec imports it.
export const { jest, expect } = globalThis;
