import type { SocketPolicy } from "./connect-socket.ts";
import { openSession, type SmtpServer, type SmtpSession, type SmtpTimes, usualTimes } from "./smtp-session.ts";

export type SmtpPool = {
  /** Lends an open session to one piece of work at a time. */
  use: <Result>(
    server: SmtpServer,
    work: (session: SmtpSession, isReused: boolean) => Promise<Result>,
  ) => Promise<Result>;
  close: () => void;
};

export type SmtpPoolOptions = { policy: SocketPolicy; times?: SmtpTimes; keptMs?: number };

/** Open sessions, kept for a while after their last mail: a handshake with TLS costs more than a mail. */
export function smtpPool({ policy, times = usualTimes, keptMs = 20_000 }: SmtpPoolOptions): SmtpPool {
  const idle = new Map<string, { session: SmtpSession; timer: NodeJS.Timeout }[]>();
  let isClosed = false;

  const take = (key: string): SmtpSession | undefined => {
    const kept = idle.get(key) ?? [];
    for (let one = kept.pop(); one; one = kept.pop()) {
      clearTimeout(one.timer);
      if (one.session.isOpen()) return one.session;
    }
    return undefined;
  };
  const giveBack = (key: string, session: SmtpSession): void => {
    if (isClosed || !session.isOpen()) {
      session.quit();
      return;
    }
    const kept = idle.get(key) ?? [];
    const timer = setTimeout(() => {
      idle.set(
        key,
        (idle.get(key) ?? []).filter((one) => one.session !== session),
      );
      session.quit();
    }, keptMs).unref();
    idle.set(key, [...kept, { session, timer }]);
  };

  return {
    async use(server, work) {
      const key = JSON.stringify(server);
      const known = take(key);
      const session = known ?? (await openSession(server, policy, times));
      try {
        return await work(session, known !== undefined);
      } finally {
        giveBack(key, session);
      }
    },
    close() {
      isClosed = true;
      for (const kept of idle.values())
        for (const { session, timer } of kept) {
          clearTimeout(timer);
          session.quit();
        }
      idle.clear();
    },
  };
}
