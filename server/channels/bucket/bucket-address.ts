/** A bucket of an S3-compatible store: where it is, below which prefix we write, and with which key. */
export type BucketAddress = {
  /** Path style, without a slash at its end: https://store.example/bucket/prefix. */
  baseUrl: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** Reads https://KEY:SECRET@host/bucket[/prefix][?region=eu-central-1]; undefined where it is no such address. */
export function bucketAddressOf(text: string): BucketAddress | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username === "" || url.password === "") return undefined;
  const path = url.pathname.replace(/\/+$/, "");
  if (!/^(\/[A-Za-z0-9._-]+)+$/.test(path)) return undefined;
  return {
    baseUrl: `${url.protocol}//${url.host}${path}`,
    region: url.searchParams.get("region") ?? "us-east-1",
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}
