import { connect, type Socket } from "node:net";

export type Answer = { status: number; text: () => string };

type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

const headEnd = Buffer.from("\r\n\r\n");
const chunkedEnd = Buffer.from("0\r\n\r\n");

/**
 * One keep-alive connection that reads no more of an answer than its end: node:http as a client costs more than the server
 * that is to be measured.
 */
export class LoadConnection {
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #parts: Buffer[] = [];
  #size = 0;
  #wanted: number | "chunked" | undefined;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1").setNoDelay(true);
    this.#socket.on("data", (part) => this.#read(part));
    this.#socket.on("error", (error) => this.#waiting?.reject(error));
    this.#socket.on("close", () => this.#waiting?.reject(new Error("The server closed the connection.")));
  }

  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #read(part: Buffer): void {
    this.#parts.push(part);
    this.#size += part.length;
    this.#wanted ??= this.#readHead();
    if (this.#wanted === undefined) return;
    const complete = this.#wanted === "chunked" ? endsChunked(part, this.#parts) : this.#size >= this.#wanted;
    if (!complete) return;
    const parts = this.#parts;
    const waiting = this.#waiting;
    this.#parts = [];
    this.#size = 0;
    this.#wanted = undefined;
    this.#waiting = undefined;
    waiting?.resolve({ status: statusOf(parts), text: () => Buffer.concat(parts).toString("utf8") });
  }

  #readHead(): number | "chunked" | undefined {
    const bytes = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts);
    const end = bytes.indexOf(headEnd);
    if (end === -1) return undefined;
    const head = bytes.toString("latin1", 0, end);
    const length = /^content-length: (\d+)/im.exec(head)?.[1];
    if (length !== undefined) return end + headEnd.length + Number(length);
    return /^transfer-encoding: chunked/im.test(head) ? "chunked" : end + headEnd.length;
  }
}

function endsChunked(last: Buffer, parts: Buffer[]): boolean {
  const tail = last.length >= chunkedEnd.length ? last : Buffer.concat(parts);
  return tail.subarray(-chunkedEnd.length).equals(chunkedEnd);
}

function statusOf(parts: Buffer[]): number {
  return Number(parts[0]?.toString("latin1", 9, 12));
}
