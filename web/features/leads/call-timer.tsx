import { Button, Text } from "@mantine/core";
import { IconPhoneOff, IconPhoneOutgoing } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Lead } from "../../../shared/v1/lead.ts";
import { pages } from "../../lib/paths.ts";
import { useNow } from "../../lib/use-now.ts";
import classes from "./call-timer.module.css";
import { clockOf } from "./call-words.ts";
import { endCall, type RunningCall, startCall } from "./running-call.ts";

/** Starts the clock, and the phone where a whole number is known: numbers that are hidden cannot be dialled. */
export function MakeCall({ lead }: { lead: Lead }) {
  const look = { size: "xs", leftSection: <IconPhoneOutgoing size={16} />, onClick: () => startCall(lead.id) };
  if (lead.phone === null || !/^\+\d+$/.test(lead.phone)) return <Button {...look}>Make a Call</Button>;
  return (
    <Button component="a" href={`tel:${lead.phone}`} {...look}>
      Make a Call
    </Button>
  );
}

/** How long a call has lasted, and its end. */
export function CallTimer({ lead, call }: { lead: Lead; call: RunningCall }) {
  const now = useNow(1_000);
  return (
    <div className={classes.running}>
      <span className={classes.who}>
        {lead.contact_name || lead.code}
        {lead.phone && <span className={classes.phone}>{lead.phone}</span>}
      </span>
      <span role="timer" aria-label="Length of the call" className={classes.clock}>
        {clockOf(Math.max(0, now - call.startedAt))}
      </span>
      <Button size="xs" color="red.9" leftSection={<IconPhoneOff size={16} />} onClick={() => endCall(call)}>
        End Call
      </Button>
    </div>
  );
}

/** One call at a time: the way to the one that is not written down yet. */
export function OtherCall({ call }: { call: RunningCall }) {
  return (
    <Text fz="sm" c="dimmed">
      {call.endedAt === undefined
        ? "You are in a call with another lead. "
        : "A call with another lead is not written down. "}
      <Link
        to={pages.lead}
        params={{ leadId: String(call.leadId) }}
        search={(search) => ({ ...search, tab: "calls" })}
        className={classes.link}
      >
        Go to it
      </Link>
    </Text>
  );
}
