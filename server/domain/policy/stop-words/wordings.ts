/** Every way to say it: "do_not|don't message me again|" gives four. A group that may be left out ends with "|"; `_` joins words. */
export function wordings(...patterns: string[]): string[] {
  return patterns.flatMap((pattern) =>
    pattern
      .split(" ")
      .reduce<string[]>(
        (begun, group) => begun.flatMap((words) => group.split("|").map((word) => `${words} ${word}`.trim())),
        [""],
      )
      .map((words) => words.replaceAll("_", " ")),
  );
}
