import type { Event } from "../../../shared/v1/event.ts";
import { apiPaths } from "../paths.ts";
import { noteLive } from "./live-state.ts";
import { readEventStream, type StreamEvent } from "./read-event-stream.ts";

export type LiveNews = { kind: "event"; event: Event } | { kind: "reset" };

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** The server says something every 20 s; after this silence the connection is taken for dead. */
const silenceMs = 50_000;

/**
 * Listens to what happens in the company from a position on, until told to stop. A break is followed by another try, from the last
 * event that came, so that nothing is missed; `fetch` instead of EventSource, because that one neither notices a silent death nor says
 * why it was refused.
 */
export function followLive(since: string, tell: (news: LiveNews) => void): () => void {
  const stopped = new AbortController();
  void keepListening(since, tell, stopped.signal);
  return () => stopped.abort();
}

async function keepListening(since: string, tell: (news: LiveNews) => void, stop: AbortSignal): Promise<void> {
  let lastId = since;
  let pauseMs = firstPauseMs;
  while (!stop.aborted) {
    const heard = (event: StreamEvent) => {
      lastId = event.id || lastId;
      pauseMs = firstPauseMs;
      tell(newsOf(event));
    };
    await listen(lastId, stop, heard).catch(() => undefined);
    noteLive(false);
    if (stop.aborted) return;
    await wait(pauseMs * (0.5 + Math.random()), stop);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

async function listen(lastId: string, stop: AbortSignal, heard: (event: StreamEvent) => void): Promise<void> {
  const dead = new AbortController();
  let silence = setTimeout(() => dead.abort(), silenceMs);
  try {
    const response = await fetch(apiPaths.live, {
      headers: { accept: "text/event-stream", "last-event-id": lastId },
      credentials: "same-origin",
      signal: AbortSignal.any([stop, dead.signal]),
    });
    if (!response.ok || !response.body) return;
    noteLive(true);
    for await (const event of readEventStream(response.body)) {
      clearTimeout(silence);
      silence = setTimeout(() => dead.abort(), silenceMs);
      if (event !== "beat") heard(event);
    }
  } finally {
    clearTimeout(silence);
  }
}

function newsOf({ event, data }: StreamEvent): LiveNews {
  return event === "reset" ? { kind: "reset" } : { kind: "event", event: JSON.parse(data) };
}

function wait(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
