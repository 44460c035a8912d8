import { jsonOf } from "../../../shared/json.ts";
import { maskPhones } from "../../../shared/phone/mask-phones.ts";
import { type JournalPosition, writePosition } from "../events/journal-position.ts";
import type { OwnerOf } from "../events/may-see.ts";
import type { JournalLine } from "../events/read-journal.ts";

/** An event as it goes over the wire, made once for however many listeners. */
export type Frame = {
  line: JournalLine;
  transactionId: bigint;
  bytes: Buffer;
  ownerOf: OwnerOf;
  /** The same for those who may not see phone numbers; made when the first of them is told. */
  masked: () => Buffer;
};

export type Present = (event: JournalLine) => object;

const heartbeatRetryMs = 3_000;

export function frameOf(line: JournalLine, present: Present, ownerOf: OwnerOf): Frame {
  const data = present(line);
  const head = `id: ${line.transactionId}.${line.id}\nevent: ${line.type}\ndata: `;
  let masked: Buffer | undefined;
  return {
    line,
    transactionId: BigInt(line.transactionId),
    ownerOf,
    bytes: Buffer.from(`${head}${JSON.stringify(data)}\n\n`),
    masked: () => {
      masked ??= Buffer.from(`${head}${JSON.stringify(maskPhones(jsonOf(data)))}\n\n`);
      return masked;
    },
  };
}

/** The first words: where this stream begins, so that even a reader who never saw an event can go on from here. */
export function greeting(position: JournalPosition): Buffer {
  // Not all at the same moment, when a server that had a thousand listeners comes back.
  const retryMs = 1_000 + Math.round(Math.random() * 4_000);
  return Buffer.from(`: rapport\nretry: ${retryMs}\nid: ${writePosition(position)}\n\n`);
}

/** What was missed can't be told any more: the reader loads its screens anew and goes on from here. */
export function resetFrame(position: JournalPosition): Buffer {
  return Buffer.from(`id: ${writePosition(position)}\nevent: reset\ndata: {"reason":"too_much_missed"}\n\n`);
}

/** Keeps proxies from hanging up, and carries a quiet company's readers along with the journal. */
export function heartbeat(position: JournalPosition): Buffer {
  return Buffer.from(`: heartbeat\nretry: ${heartbeatRetryMs}\nid: ${writePosition(position)}\n\n`);
}
