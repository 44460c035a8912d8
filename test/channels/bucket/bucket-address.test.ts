import { describe, expect, test } from "vitest";
import { bucketAddressOf } from "../../../server/channels/bucket/bucket-address.ts";

describe("a bucket's address", () => {
  test("names host, bucket, prefix, region and key", () => {
    expect(
      bucketAddressOf("https://AKIA1:se%2Fcret@s3.eu-central-1.example/files/rapport/?region=eu-central-1"),
    ).toEqual({
      baseUrl: "https://s3.eu-central-1.example/files/rapport",
      region: "eu-central-1",
      accessKeyId: "AKIA1",
      secretAccessKey: "se/cret",
    });
  });

  test.each([
    "",
    "s3://key:secret@bucket",
    "https://host/bucket",
    "https://key@host/bucket",
    "https://key:secret@host/",
    "https://k:s@host/a b",
  ])("is not %j", (text) => expect(bucketAddressOf(text)).toBeUndefined());
});
