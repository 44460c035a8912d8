import type { Db } from "../../db/connection.ts";
import { DomainError } from "../domain-error.ts";
import { readPosition } from "../events/journal-position.ts";
import type { Viewer } from "../events/may-see.ts";
import { readHorizon } from "../events/read-journal.ts";
import { type Follower, followJournal } from "./follow-journal.ts";
import { type Frame, frameOf, greeting, heartbeat, type Present, resetFrame } from "./frames.ts";
import { LiveListener } from "./live-listener.ts";
import type { LiveSink } from "./live-sink.ts";
import { missedEvents, type ReplayLimits, replayLimits } from "./missed-events.ts";
import { ownersOfLines } from "./owners-of-lines.ts";
import { type StillAdmitted, watchAdmission } from "./watch-admission.ts";

export type LiveHubOptions = {
  db: Db;
  present: Present;
  onError: (error: unknown) => void;
  listenersPerCompany?: number;
  limits?: ReplayLimits;
  heartbeatMs?: number;
  recheckMs?: number;
};

export type Entrance = {
  viewer: Viewer;
  sink: LiveSink;
  /** Where the caller stopped reading; undefined for who begins. */
  lastEventId: string | undefined;
  stillAdmitted: StillAdmitted;
};

/** Everybody of this process who watches what happens. One follower of the journal serves all; without listeners nothing is read. */
export class LiveHub {
  readonly #options: LiveHubOptions;
  readonly #companies = new Map<number, Set<LiveListener>>();
  readonly #follower: Follower;
  readonly #admission: ReturnType<typeof watchAdmission>;
  readonly #beat: NodeJS.Timeout;

  constructor(options: LiveHubOptions) {
    this.#options = options;
    const { db, present, onError, heartbeatMs = 20_000, recheckMs = 10_000 } = options;
    this.#follower = followJournal(db, {
      companyIds: () => [...this.#companies.keys()],
      onLines: async (companyId, lines) => {
        const ownerOf = await ownersOfLines(db, lines, this.#companies.get(companyId) ?? []);
        this.#tell(
          companyId,
          lines.map((line) => frameOf(line, present, ownerOf)),
        );
      },
      onError,
    });
    this.#admission = watchAdmission(recheckMs);
    this.#beat = setInterval(() => this.#heartbeat(), heartbeatMs).unref();
  }

  /** Refuses a company that has too many listeners already; resolves when the journal is being followed. */
  async requireRoom(companyId: number): Promise<void> {
    const { listenersPerCompany = 1_500 } = this.#options;
    if ((this.#companies.get(companyId)?.size ?? 0) >= listenersPerCompany) throw tooMany(listenersPerCompany);
    await this.#follower.start();
  }

  /** Right after requireRoom: from here the listener belongs to the hub until its connection ends. */
  listen({ viewer, sink, lastEventId, stillAdmitted }: Entrance): void {
    const listener = new LiveListener(viewer, sink);
    const { companyId } = viewer;
    const others = this.#companies.get(companyId) ?? new Set();
    this.#companies.set(companyId, others.add(listener));
    const unwatch = this.#admission.watch(listener, stillAdmitted);
    sink.onClose(() => {
      unwatch();
      others.delete(listener);
      if (others.size === 0) this.#companies.delete(companyId);
    });
    this.#begin(listener, lastEventId).catch((error: unknown) => {
      this.#options.onError(error);
      listener.end();
    });
  }

  listeners(): number {
    return this.#everybody().length;
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#admission.stop();
    for (const listener of this.#everybody()) listener.end();
    await this.#follower.stop();
  }

  // Those who missed nothing begin at the horizon too: the follower may be reading just now, and not for a company that joins meanwhile.
  async #begin(listener: LiveListener, lastEventId: string | undefined): Promise<void> {
    const { db, limits = replayLimits, present } = this.#options;
    const after = readPosition(lastEventId ?? "");
    const horizon = await readHorizon(db, after ?? this.#follower.position());
    const { before } = horizon;
    const start = { transactionId: before, eventId: 0 };
    if (lastEventId === undefined) return listener.catchUp(greeting(start), nothing, before);
    const { companyId } = listener.viewer;
    const missed = after && (await missedEvents(db, { companyId, after, horizon, limits, now: new Date() }));
    if (!missed) return listener.catchUp(resetFrame(start), nothing, before);
    const nextFrames = async () => {
      const lines = await missed();
      const ownerOf = await ownersOfLines(db, lines, [listener]);
      return lines.map((line) => frameOf(line, present, ownerOf));
    };
    await listener.catchUp(greeting(after), nextFrames, before);
  }

  #tell(companyId: number, frames: Frame[]): void {
    const whole = Buffer.concat(frames.map(({ bytes }) => bytes));
    for (const listener of this.#companies.get(companyId) ?? []) listener.tell(frames, whole);
  }

  #heartbeat(): void {
    const bytes = heartbeat(this.#follower.position());
    for (const listener of this.#everybody()) listener.beat(bytes);
  }

  #everybody(): LiveListener[] {
    return [...this.#companies.values()].flatMap((listeners) => [...listeners]);
  }
}

async function nothing(): Promise<[]> {
  return [];
}

function tooMany(limit: number): DomainError {
  const message = `Your company has ${limit} live connections already; close some first.`;
  return new DomainError({ kind: "rate_limited", retryAfterSeconds: 30, message });
}
