/** 128 random bits in hex. Not crypto.randomUUID: browsers hide it on plain http beyond localhost, where small offices run this. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
