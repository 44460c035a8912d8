import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";

/** What the bytes say a file is, whatever its sender claims. Plain text is the only type taken on trust, and served as nothing else. */
export async function sniffMedia(path: string): Promise<string> {
  const detected = await fileTypeFromFile(path).catch(() => undefined);
  if (detected) return sameTypes.get(detected.mime) ?? detected.mime.replace(/;.*$/, "");
  return (await isPlainText(path)) ? "text/plain" : "application/octet-stream";
}

const sameTypes = new Map<string, string>([
  ["audio/x-m4a", "audio/mp4"],
  ["audio/x-aac", "audio/aac"],
  ["video/x-m4v", "video/mp4"],
]);

const looked = 64 * 1024;

async function isPlainText(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(looked), 0, looked, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytesRead === 0 || bytes.includes(0)) return false;
    // A character cut in two at the end of what was read is no damage.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: bytesRead === looked });
    return true;
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
