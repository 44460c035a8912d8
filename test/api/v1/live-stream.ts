import { get, type IncomingMessage } from "node:http";

export type LiveEvent = { id: string; event: string; data: unknown };

export type LiveStream = {
  status: number;
  headers: IncomingMessage["headers"];
  /** The next event that was not given yet; fails after five seconds. */
  next: () => Promise<LiveEvent>;
  /** The last id, also one that came without an event. */
  lastId: () => string;
  ended: Promise<void>;
  pause: () => void;
  close: () => void;
};

/** A listener over a real connection, reading as EventSource does. */
export async function openLiveStream(url: string, headers: Record<string, string>): Promise<LiveStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on("error", reject);
  });
  const events: LiveEvent[] = [];
  let lastId = "";
  let told = () => {};
  let text = "";
  response.setEncoding("utf8");
  response.on("data", (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields = new Map(
        text
          .slice(0, end)
          .split("\n")
          .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
      );
      text = text.slice(end + 2);
      lastId = fields.get("id") ?? lastId;
      const data = fields.get("data");
      if (data !== undefined)
        events.push({ id: lastId, event: fields.get("event") ?? "message", data: JSON.parse(data) });
    }
    told();
  });
  const ended = new Promise<void>((resolve) => {
    response.on("close", () => resolve());
    response.on("error", () => resolve());
  });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    async next() {
      for (let tries = 0; events.length === 0; tries += 1) {
        if (tries > 50) throw new Error("No event came.");
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 5_000);
          told = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const event = events.shift();
      if (!event) throw new Error("No event came.");
      return event;
    },
    lastId: () => lastId,
    ended,
    pause: () => void response.pause(),
    close: () => void response.destroy(),
  };
}
