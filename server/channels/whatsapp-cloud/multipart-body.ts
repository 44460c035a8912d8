import { randomBytes } from "node:crypto";
import type { GraphFile } from "./graph-transport.ts";

type Form = { fields: Record<string, string>; file: GraphFile };

/** multipart/form-data with one file, last. */
export function multipartBody({ fields, file }: Form): { contentType: string; body: Buffer } {
  const boundary = `rapport-${randomBytes(16).toString("hex")}`;
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(file.filename)}"\r\nContent-Type: ${file.mimeType}\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...parts, Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** As browsers write a file's name: a quote or a line break inside would end the header. */
function quoted(filename: string): string {
  return filename.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
