import { Anchor, Button, Group, Skeleton, Text } from "@mantine/core";
import { IconPhonePlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Activity } from "../../../shared/v1/activity.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { callsQuery } from "../../lib/api/calls.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import type { Tone } from "../../ui/tone.ts";
import { CallForm } from "./call-form.tsx";
import { CallTimer, MakeCall, OtherCall } from "./call-timer.tsx";
import { callDirections, callStatuses, callWords } from "./call-words.ts";
import classes from "./lead-page.module.css";
import { forgetCall, useRunningCall } from "./running-call.ts";

/** Calls with the lead's person, and one to write down. */
export function CallsTab({ lead }: { lead: Lead }) {
  const may = useMay();
  const { data, isError, error, refetch } = useQuery(callsQuery(lead.contact_id));
  return (
    <>
      {may.write && <CallActs lead={lead} />}
      {!data && isError && <ErrorState what="The calls" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={80} mt="md" />}
      {data?.data.length === 0 && (
        <Text fz="sm" c="dimmed" mt="md">
          No call yet.
        </Text>
      )}
      <ul className={classes.items}>
        {data?.data.map((call) => (
          <Call key={call.id} call={call} />
        ))}
      </ul>
    </>
  );
}

/** A call is made and measured, or one that was is written down. */
function CallActs({ lead }: { lead: Lead }) {
  const call = useRunningCall();
  const [logging, setLogging] = useState(false);
  if (call?.leadId === lead.id) {
    if (call.endedAt === undefined) return <CallTimer lead={lead} call={call} />;
    const { key, startedAt, endedAt } = call;
    const seconds = Math.max(0, Math.round((endedAt - startedAt) / 1_000));
    return <CallForm key={key} lead={lead} measured={{ key, startedAt, seconds }} onDone={forgetCall} />;
  }
  if (logging) return <CallForm lead={lead} onDone={() => setLogging(false)} />;
  return (
    <Group gap="xs">
      {call ? <OtherCall call={call} /> : <MakeCall lead={lead} />}
      <Button size="xs" variant="default" leftSection={<IconPhonePlus size={16} />} onClick={() => setLogging(true)}>
        Log a call
      </Button>
    </Group>
  );
}

function Call({ call }: { call: Activity }) {
  const now = useNow(60_000);
  const status = callStatuses.find(({ value }) => value === call.status);
  const tone: Tone = call.status === "completed" || call.status === null ? "good" : "warn";
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <span className={classes.itemTitle}>{call.title}</span>
        <Pill tone={tone}>{status?.label ?? "Completed"}</Pill>
      </div>
      <span className={classes.itemMeta}>
        {callDirections.find(({ value }) => value === call.direction)?.label ?? "Call"} ·{" "}
        {dayAndClock(call.scheduled_at ?? call.occurred_at, now)}
        {call.duration_seconds !== null && ` · ${callWords(call.duration_seconds)}`}
        {call.phone && ` · ${call.phone}`}
        {call.outcome && ` · ${call.outcome}`}
      </span>
      {call.description && <p className={classes.itemText}>{call.description}</p>}
      {call.recording_url && (
        <Anchor href={call.recording_url} target="_blank" rel="noopener noreferrer" fz="sm" c="var(--accent-ink)">
          Recording
        </Anchor>
      )}
    </li>
  );
}
