import pg from "pg";
import { TurnSocket } from "./turn-socket.ts";

export type SilenceLimits = { lookEveryMs: number; silentAfterMs: number; probeMs: number };

const usualLimits: SilenceLimits = { lookEveryMs: 2_500, silentAfterMs: 10_000, probeMs: 10_000 };

type Heard = { read: number; written: number; unansweredSince: number | undefined };

/**
 * A database whose machine froze or was cut off closes nothing: what was asked of it would wait for as long as TCP tries, a quarter of an
 * hour. Where a connection was sent something and says nothing, another one is opened; where that hears nothing either, all are
 * ended, so that whoever waits is told. A long statement on a living server is left alone.
 *
 * Looks at what the sockets count anyway, so that statements cost nothing more.
 */
export class SilenceWatch {
  readonly #config: pg.ClientConfig;
  readonly #limits: SilenceLimits;
  readonly #sockets = new Map<TurnSocket, Heard>();
  readonly #timer: NodeJS.Timeout;
  #isProbing = false;

  constructor(config: pg.ClientConfig, limits: SilenceLimits = usualLimits) {
    this.#config = config;
    this.#limits = limits;
    this.#timer = setInterval(() => void this.#look(Date.now()), limits.lookEveryMs).unref();
  }

  /** A socket that is watched until it closes. */
  socket(): TurnSocket {
    const socket = new TurnSocket();
    this.#sockets.set(socket, { read: 0, written: 0, unansweredSince: undefined });
    socket.once("close", () => this.#sockets.delete(socket));
    return socket;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(now: number): Promise<void> {
    let isSilent = false;
    for (const [socket, heard] of this.#sockets) {
      note(socket, heard, now);
      isSilent ||= now - (heard.unansweredSince ?? now) >= this.#limits.silentAfterMs;
    }
    if (!isSilent || this.#isProbing) return;
    this.#isProbing = true;
    if (await this.#answers()) this.#waitOn(Date.now());
    else this.#endAll();
    this.#isProbing = false;
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ ...this.#config, connectionTimeoutMillis: this.#limits.probeMs });
    client.on("error", () => {});
    try {
      await client.connect();
      return true;
    } catch (error) {
      // A refusal is an answer.
      return error instanceof pg.DatabaseError;
    } finally {
      client.end().catch(() => {});
    }
  }

  #waitOn(now: number): void {
    for (const heard of this.#sockets.values()) if (heard.unansweredSince !== undefined) heard.unansweredSince = now;
  }

  #endAll(): void {
    for (const socket of this.#sockets.keys())
      socket.destroy(Object.assign(new Error("The database says nothing."), { code: "ETIMEDOUT" }));
  }
}

function note({ bytesRead, bytesWritten }: TurnSocket, heard: Heard, now: number): void {
  if (bytesRead !== heard.read) {
    heard.read = bytesRead;
    heard.written = bytesWritten;
    heard.unansweredSince = undefined;
  } else if (bytesWritten > heard.written) heard.unansweredSince ??= now;
}
