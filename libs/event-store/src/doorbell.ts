/** Tells followers that the log has grown (or closed). It carries no truth: whoever hears it reads the log. */
export type Doorbell = Readonly<{
  /** How often it has rung: taken before reading, so that a ring during the reading is not missed. */
  rung(): number;
  ring(): void;
  /** Resolves when it has rung since `heard` or when the signal aborts; never rejects. */
  after(heard: number, signal: AbortSignal): Promise<void>;
}>;

export const createDoorbell = (): Doorbell => {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    rung: () => count,
    ring: () => {
      count += 1;
      const woken = [...waiting];
      waiting.clear();
      for (const wake of woken) wake();
    },
    after: (heard, signal) =>
      new Promise((resolve) => {
        if (count !== heard || signal.aborted) return resolve();
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      }),
  };
};
