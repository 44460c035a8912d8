/** One listener's connection, whatever carries it. */
export type LiveSink = {
  write: (bytes: Buffer) => void;
  /** What was written and the other side has not taken yet. */
  backlogBytes: () => number;
  /** Resolves when everything was taken or the connection ended. */
  drained: () => Promise<void>;
  end: () => void;
  onClose: (listener: () => void) => void;
};
