/** A message as one line of text: what was written, or what kind of thing came. */
export function wordsOfMessage(type: string | null, text: string | null): string {
  if (type === "revoked") return "[deleted]";
  if (text !== null && text !== "") return text;
  return type === null || type === "text" ? "" : `[${type}]`;
}
