import { describe, expect, test } from "vitest";
import { readEventStream } from "../../web/lib/live/read-event-stream.ts";

async function read(...chunks: string[]) {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of bytes) controller.enqueue(chunk);
      controller.close();
    },
  });
  return Array.fromAsync(readEventStream(body));
}

describe("the stream of events", () => {
  test("is read however it is cut", async () => {
    const whole = 'retry: 2000\n\nid: 7.1\nevent: deal.won\ndata: {"a":\ndata: "ü"}\n\n';
    const expected = [{ id: "7.1", event: "deal.won", data: '{"a":\n"ü"}' }];
    expect(await read(whole)).toEqual(expected);
    expect(await read(...whole.split(""))).toEqual(expected);
  });

  test("tells heartbeats and keeps the last id", async () => {
    expect(await read(": still here\n\nid: 1\nevent: a.b\ndata: 1\n\nevent: reset\n\n")).toEqual([
      "beat",
      { id: "1", event: "a.b", data: "1" },
      { id: "1", event: "reset", data: "" },
    ]);
  });

  test("leaves an event that was not sent whole", async () => {
    expect(await read("id: 1\ndata: half")).toEqual([]);
  });
});
