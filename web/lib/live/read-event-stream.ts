export type StreamEvent = { id: string; event: string; data: string };

/**
 * The events of a text/event-stream body, and "beat" for every comment line, which is how the server says that it is still there.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent | "beat"> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  let fields: StreamEvent = { id: "", event: "message", data: "" };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith(":")) yield "beat";
        if (line === "") {
          if (fields.data !== "" || fields.event !== "message") yield fields;
          fields = { id: fields.id, event: "message", data: "" };
        } else fields = withField(fields, line);
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function withField(fields: StreamEvent, line: string): StreamEvent {
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (name === "id") return { ...fields, id: value };
  if (name === "event") return { ...fields, event: value };
  if (name === "data") return { ...fields, data: fields.data === "" ? value : `${fields.data}\n${value}` };
  return fields;
}
