import { Logger } from "graphile-worker";

/** That the connection it listens on broke; it connects again by itself, and that the database is away is said once for all workers. */
const lostConnection = /notify listener|UNLISTEN/;

/** The queue's own chatter is of no use to an operator; its errors are. */
export const quietQueueLogger = new Logger(() => (level, message) => {
  if (level === "error" && !lostConnection.test(message)) process.stderr.write(`queue: ${message}\n`);
});
