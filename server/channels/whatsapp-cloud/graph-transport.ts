import type { Json } from "../../../shared/json.ts";

export type GraphFile = { bytes: Uint8Array; filename: string; mimeType: string };

/** One call of the Graph API. `path` starts behind the version: "/106540352242922/messages". */
export type GraphRequest = {
  method: "GET" | "POST" | "DELETE";
  path: string;
  query?: Record<string, string>;
  body?: Json;
  /** multipart/form-data, for uploads. */
  form?: { fields: Record<string, string>; file: GraphFile };
  /** A whole file as the body: the second step of a resumable upload. */
  upload?: Uint8Array;
  /** Absent on the OAuth exchange. */
  accessToken?: string;
  timeoutMs?: number;
};

export type GraphAnswer = { status: number; headers: Record<string, string>; body: Json };

/** Nothing reached the vendor. */
export class GraphNotReached extends Error {}

/** The request was sent and its fate is not known: time-out, connection broken, unreadable answer. */
export class GraphAnswerLost extends Error {}

/** A file is larger than the caller takes; the rest was not read. */
export class GraphFileTooLarge extends GraphAnswerLost {}

/**
 * Carries calls to the Graph API: over HTTPS to the vendor, or in process to the simulator. Resolves with every answer that has a
 * status, rejects with GraphNotReached or GraphAnswerLost.
 */
export type GraphTransport = {
  call(request: GraphRequest): Promise<GraphAnswer>;
  /** Fetches a media file by the address the vendor gave; at most `maxBytes`. */
  download(
    url: string,
    options: { accessToken: string; maxBytes: number; timeoutMs?: number },
  ): Promise<{ bytes: Uint8Array; mimeType: string | null; status: number }>;
};
