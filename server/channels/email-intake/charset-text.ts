/** The words in bytes of some charset. A charset nobody knows is read as UTF-8, and failing that byte by byte: nothing is thrown away. */
export function charsetText(bytes: Uint8Array, charset: string): string {
  for (const label of [charset.trim().toLowerCase(), "utf-8"]) {
    const decoder = decoderOf(label);
    if (!decoder) continue;
    try {
      return decoder.decode(bytes);
    } catch {
      // The next one may fit.
    }
  }
  return Buffer.from(bytes).toString("latin1");
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}
