import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { afterAll } from "vitest";

export const bucketKey = { accessKeyId: "bucket-key", secretAccessKey: "bucket secret/+" };

export type FakeBucket = {
  url: string;
  objects: Map<string, { bytes: Buffer; type: string }>;
  /** Answers everything with this status while it is set. */
  failWith: (status: number | undefined) => void;
};

/** A store that speaks S3's three calls and checks each signature by Amazon's own recipe (Signature Version 4). */
export async function fakeBucket(): Promise<FakeBucket> {
  const objects: FakeBucket["objects"] = new Map();
  let failure: number | undefined;
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const bytes = await bodyOf(request);
    const path = request.url ?? "";
    if (failure !== undefined) return { status: failure };
    if (!isSigned(request, bytes)) return { status: 403 };
    if (request.method === "PUT") {
      objects.set(path, { bytes, type: request.headers["content-type"] ?? "" });
      return { status: 200 };
    }
    if (request.method === "DELETE") return { status: objects.delete(path) ? 204 : 404 };
    const found = objects.get(path);
    if (!found) return { status: 404 };
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    if (from === undefined) return { status: 200, body: found.bytes };
    return { status: 206, body: found.bytes.subarray(Number(from), Number(to) + 1) };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => response.writeHead(status).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    objects,
    failWith: (status) => {
      failure = status;
    },
  };
}

type Answer = { status: number; body?: Buffer };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest("hex");
const hmac = (key: Buffer | string, data: string) => createHmac("sha256", key).update(data).digest();

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const { authorization = "", "x-amz-date": date = "", "x-amz-content-sha256": hash = "" } = request.headers;
  const parts = /Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)/.exec(
    authorization,
  );
  const [, keyId = "", day = "", region = "", signed = "", signature = ""] = parts ?? [];
  if (hash !== "UNSIGNED-PAYLOAD" && hash !== sha256(body)) return false;
  const headers = signed.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, request.url, "", headers.join(""), signed, hash].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const key = [region, "s3", "aws4_request"].reduce(hmac, hmac(`AWS4${bucketKey.secretAccessKey}`, day));
  return keyId === bucketKey.accessKeyId && hmac(key, toSign).toString("hex") === signature;
}
