import type pg from "pg";
import type { Topic } from "./connection.ts";
import { type Listening, listen } from "./listen.ts";

const channel = "rapport";
/** Commits of this long share one notification: at 3,000 commits a second NOTIFY's global lock would be felt. */
const gatherMs = 20;

/** Wakes who waits for news. Not inside the transaction: there NOTIFY takes a lock until the commit is flushed and undoes group commit. */
export class Announcements {
  readonly #config: pg.ClientConfig;
  readonly #pool: pg.Pool;
  readonly #listeners = new Map<Topic, Set<() => void>>();
  /** Tells our own notifications from the others'. */
  readonly #sender = crypto.randomUUID();
  #unsent = new Set<Topic>();
  #gathering: NodeJS.Timeout | undefined;
  #listening: Listening | undefined;
  #closed = false;

  constructor(config: pg.ClientConfig, pool: pg.Pool) {
    this.#config = config;
    this.#pool = pool;
  }

  /** The listener is called soon after every commit that announced the topic, here or elsewhere; gives back how to stop. */
  subscribe(topic: Topic, listener: () => void): () => void {
    this.#listeners.set(topic, (this.#listeners.get(topic) ?? new Set()).add(listener));
    if (!this.#closed) this.#listening ??= listen(this.#config, channel, this.#ear());
    return () => void this.#listeners.get(topic)?.delete(listener);
  }

  /** Tells of what is committed: this process at once, the others within `gatherMs`. */
  tell(topics: Iterable<Topic>): void {
    for (const topic of topics) {
      this.#unsent.add(topic);
      this.#wake(topic);
    }
    if (this.#unsent.size > 0 && !this.#closed) this.#gathering ??= setTimeout(() => this.#send(), gatherMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#gathering);
    await this.#listening?.close();
  }

  #wake(topic: Topic): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener();
  }

  #send(): void {
    this.#gathering = undefined;
    const payload = [this.#sender, ...this.#unsent].join(" ");
    this.#unsent = new Set();
    // Lost with a lost connection; the others find out at their next poll.
    this.#pool.query("select pg_notify($1, $2)", [channel, payload]).catch(() => {});
  }

  #ear() {
    return {
      heard: (payload: string) => {
        const [from, ...topics] = payload.split(" ");
        if (from === this.#sender) return;
        for (const topic of this.#listeners.keys()) if (topics.includes(topic)) this.#wake(topic);
      },
      connected: () => {
        for (const topic of this.#listeners.keys()) this.#wake(topic);
      },
    };
  }
}
