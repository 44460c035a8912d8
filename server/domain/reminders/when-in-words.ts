const clocks = new Map<string, Intl.DateTimeFormat>();

const styles = {
  /** "Monday, 30 November at 10:00" */
  full: { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** Fits a row of a list: 24 letters. */
  short: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A visit's time on the wall clock of its place. */
export function whenInWords(
  at: string | number,
  { timeZone, language, style = "full" }: { timeZone: string; language: string; style?: keyof typeof styles },
): string {
  const key = `${timeZone} ${language} ${style}`;
  const known = clocks.get(key);
  const clock =
    known ?? new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeZone, ...styles[style] });
  if (!known) clocks.set(key, clock);
  return clock.format(new Date(at));
}
