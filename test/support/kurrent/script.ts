/** What a node was told to answer, instead of doing its work; each answer is given once, in the order told. */
export type Method = 'append' | 'batchAppend' | 'read' | 'subscribe' | 'delete' | 'tombstone' | 'gossip' | 'serverFeatures';
export type Endpoint = Readonly<{ host: string; port: number }>;
export type Answer =
  /** The node is no leader; the client is told who is. Nothing is written. */
  | Readonly<{ is: 'not-leader'; leader: Endpoint }>
  /** As a node in an election answers. Nothing is written. */
  | Readonly<{ is: 'not-ready' }>
  /** Nothing is done and no answer ever comes. */
  | Readonly<{ is: 'hang' }>
  /** The work is done; then the connection is reset instead of the answer. */
  | Readonly<{ is: 'commit-then-cut' }>
  /** The work is done; no answer ever comes. */
  | Readonly<{ is: 'commit-then-hang' }>
  /** No answer ever comes; the work is done when `after` resolves, long after the client has given up. */
  | Readonly<{ is: 'commit-late'; after: Promise<unknown> }>
  /** A gRPC status code. Nothing is done. */
  | Readonly<{ is: 'error'; code: number; message?: string }>;

export type Script = Readonly<{
  add: (method: Method, answer: Answer, times: number) => void;
  take: (method: Method) => Answer | undefined;
  /** How many calls of each method came, whatever they were answered. */
  calls: Readonly<Record<Method, number>>;
  /** Answers told but not given yet. */
  left: () => number;
  clear: () => void;
}>;

export const makeScript = (): Script => {
  const answers = new Map<Method, Answer[]>();
  const calls: Record<Method, number> = {
    append: 0,
    batchAppend: 0,
    read: 0,
    subscribe: 0,
    delete: 0,
    tombstone: 0,
    gossip: 0,
    serverFeatures: 0,
  };
  return {
    add: (method, answer, times) =>
      void answers.set(method, [...(answers.get(method) ?? []), ...Array.from({ length: times }, () => answer)]),
    take: (method) => {
      calls[method] += 1;
      return answers.get(method)?.shift();
    },
    calls,
    left: () => [...answers.values()].reduce((sum, waiting) => sum + waiting.length, 0),
    clear: () => answers.clear(),
  };
};
