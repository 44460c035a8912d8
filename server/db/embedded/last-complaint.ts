/** The last line in which PostgreSQL says what was wrong, without its prefixes; undefined when it said nothing of the kind. */
export function lastComplaint(output: string): string | undefined {
  const lines = output.split("\n").map((line) => line.trim());
  const complaint = lines.findLast((line) => /\b(FATAL|PANIC|error|could not|cannot)\b/.test(line));
  return complaint?.replace(/^.*?(?:FATAL|PANIC|error):\s+/, "").replace(/\.$/, "");
}
