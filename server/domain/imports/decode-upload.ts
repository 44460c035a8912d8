import { isUtf8 } from "node:buffer";
import { invalid } from "../domain-error.ts";

export type Decoded = { text: string; encoding: string };

/**
 * The text of an uploaded file: by its byte order mark, else UTF-16 where every second byte is nought (Excel's "Unicode text" without
 * a mark), else UTF-8 where it is that, else Windows-1252, in which every byte is a letter.
 */
export function decodeUpload(file: Buffer): Decoded {
  if (file.subarray(0, 4).equals(zip))
    throw invalid("body", "This is an Excel workbook. Save it as CSV and upload that.");
  const encoding = encodingOf(file);
  // The decoder takes the byte order mark away.
  return { text: new TextDecoder(encoding).decode(file), encoding };
}

const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

function encodingOf(file: Buffer): string {
  if (file[0] === 0xff && file[1] === 0xfe) return "utf-16le";
  if (file[0] === 0xfe && file[1] === 0xff) return "utf-16be";
  const start = file.subarray(0, 4_000);
  const zeros = { even: 0, odd: 0 };
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? "even" : "odd"] += 1;
  });
  if (zeros.odd > start.length / 4) return "utf-16le";
  if (zeros.even > start.length / 4) return "utf-16be";
  return isUtf8(file) ? "utf-8" : "windows-1252";
}
