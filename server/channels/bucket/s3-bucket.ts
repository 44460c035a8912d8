import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { AwsClient } from "aws4fetch";
import { type Bucket, BucketTrouble, NotInBucket } from "../../domain/attachments/bucket.ts";
import type { BucketAddress } from "./bucket-address.ts";

/** For a whole exchange; a file here has 25 MB at most. */
const timeoutMs = 60_000;

/** A bucket of any store that speaks S3 with version 4 signatures. The operator named it, so its address is not judged. */
export function s3Bucket({ baseUrl, region, accessKeyId, secretAccessKey }: BucketAddress): Bucket {
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 2 });
  const call = async (key: string, init: RequestInit): Promise<Response> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await aws.fetch(`${baseUrl}/${key}`, { ...init, signal }).catch((error: unknown) => {
      throw new BucketTrouble(`The bucket cannot be reached: ${reasonOf(error)}.`);
    });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    throw refusalOf(answer.status);
  };
  return {
    async put(key, { path, sha256, mimeType }) {
      const headers = { "content-type": mimeType, "x-amz-content-sha256": sha256 };
      const answer = await call(key, { method: "PUT", headers, body: await readFile(path) });
      await answer.body?.cancel();
    },
    async get(key, range) {
      const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` };
      const { body } = await call(key, { method: "GET", headers });
      return Readable.from(body === null ? [] : chunksOf(body));
    },
    async remove(key) {
      const answer = await call(key, { method: "DELETE" });
      await answer.body?.cancel();
    },
  };
}

/** Whoever stops reading half-way lets the connection go. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

function refusalOf(status: number): BucketTrouble {
  if (status === 404) return new NotInBucket("The bucket has no such file, or there is no such bucket.");
  if (status === 401 || status === 403) return new BucketTrouble("The bucket refuses our key.");
  return new BucketTrouble(`The bucket answered ${status}.`);
}

/** fetch says only that it failed; why stands in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
