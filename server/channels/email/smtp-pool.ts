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
  const idle = idleSessions(keptMs);
  return {
    async use(server, work) {
      const key = JSON.stringify(server);
      const known = idle.take(key);
      const session = known ?? (await openSession(server, policy, times));
      try {
        return await work(session, known !== undefined);
      } finally {
        idle.giveBack(key, session);
      }
    },
    close: () => idle.close(),
  };
}

type Kept = { session: SmtpSession; timer: NodeJS.Timeout };

function idleSessions(keptMs: number) {
  const byServer = new Map<string, Kept[]>();
  let isClosed = false;
  const of = (key: string): Kept[] => byServer.get(key) ?? [];
  return {
    take(key: string): SmtpSession | undefined {
      const kept = of(key);
      for (let one = kept.pop(); one; one = kept.pop()) {
        clearTimeout(one.timer);
        if (one.session.isOpen()) return one.session;
      }
      byServer.delete(key);
      return undefined;
    },
    giveBack(key: string, session: SmtpSession): void {
      if (isClosed || !session.isOpen()) {
        session.quit();
        return;
      }
      const letGo = () => {
        const others = of(key).filter((one) => one.session !== session);
        if (others.length > 0) byServer.set(key, others);
        else byServer.delete(key);
        session.quit();
      };
      byServer.set(key, [...of(key), { session, timer: setTimeout(letGo, keptMs).unref() }]);
    },
    close(): void {
      isClosed = true;
      for (const { session, timer } of [...byServer.values()].flat()) {
        clearTimeout(timer);
        session.quit();
      }
      byServer.clear();
    },
  };
}
