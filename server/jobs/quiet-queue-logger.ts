import { Logger } from "graphile-worker";

/** The queue's own chatter is of no use to an operator; its errors are. */
export const quietQueueLogger = new Logger(() => (level, message) => {
  if (level === "error") process.stderr.write(`queue: ${message}\n`);
});
