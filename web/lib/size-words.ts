/** "19 bytes", "12 kB", "3.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`;
  const kilobytes = bytes / 1_024;
  return kilobytes < 1_024 ? `${Math.round(kilobytes)} kB` : `${(kilobytes / 1_024).toFixed(1)} MB`;
}
