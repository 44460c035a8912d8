import { readStored, writeStored } from "./stored.ts";

const key = "rapport-single-keys";

let enabled: boolean | undefined;

/** Speech input and switch devices trip over single-letter shortcuts, so they can be turned off (WCAG 2.1.4). */
export function singleKeysEnabled(): boolean {
  enabled ??= readStored(key) !== "off";
  return enabled;
}

export function setSingleKeys(state: "on" | "off"): void {
  enabled = state === "on";
  writeStored(key, state);
}
