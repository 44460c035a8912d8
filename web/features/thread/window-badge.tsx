import { Tooltip } from "@mantine/core";
import { IconClockHour4, IconLock } from "@tabler/icons-react";
import { durationWords, exactTime } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { Pill } from "../../ui/pill.tsx";
import type { Tone } from "../../ui/tone.ts";
import classes from "./window-badge.module.css";

const soonMs = 2 * 3_600_000;

/** How long free text may still be sent: WhatsApp allows it for 24 hours after the customer's last message. */
export function WindowBadge({ expiresAt }: { expiresAt: string | null }) {
  const now = useNow(15_000);
  const leftMs = expiresAt === null ? 0 : new Date(expiresAt).getTime() - now;
  return (
    <Tooltip
      label={explanation(expiresAt, leftMs)}
      multiline
      w={260}
      events={{ hover: true, focus: true, touch: true }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation opens on focus */}
      <span tabIndex={0} data-testid="window">
        <Pill tone={toneOf(leftMs)}>
          {leftMs > 0 ? <IconClockHour4 size={13} /> : <IconLock size={13} />}
          {leftMs > 0 ? durationWords(leftMs) : "Window closed"}
          {leftMs > 0 && <span className={classes.left}>left</span>}
        </Pill>
      </span>
    </Tooltip>
  );
}

function toneOf(leftMs: number): Tone {
  if (leftMs <= 0) return "quiet";
  return leftMs < soonMs ? "warn" : "good";
}

function explanation(expiresAt: string | null, leftMs: number): string {
  if (expiresAt === null)
    return "The customer has not written yet. Until then WhatsApp accepts approved templates only.";
  if (leftMs > 0)
    return `Free text may be sent until ${exactTime(expiresAt)}. Each message of the customer opens 24 hours anew.`;
  return `The 24 hours after the customer's last message ended ${exactTime(expiresAt)}. Now WhatsApp accepts approved templates only.`;
}
