import type { ReactNode } from "react";
import classes from "./pill.module.css";
import type { Tone } from "./tone.ts";

/** A small word with a tone; the word carries the meaning, the colour only repeats it. */
export function Pill({ tone = "quiet", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {children}
    </span>
  );
}
