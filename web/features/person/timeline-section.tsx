import { Button, NativeSelect, Skeleton, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { timelineQuery } from "../../lib/api/timeline.ts";
import { dayAndClock, exactTime } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Section } from "../../ui/section.tsx";
import { actorWords, eventWords } from "./event-words.ts";
import classes from "./timeline-section.module.css";
import { isTimelineView, type TimelineView, timelineViews } from "./timeline-views.ts";

/** Everything that happened with this person, newest first. */
export function TimelineSection({ contactId }: { contactId: number }) {
  const [view, setView] = useState<TimelineView>("all");
  const query = useInfiniteQuery(timelineQuery(contactId, timelineViews[view].types));
  const now = useNow(60_000);
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Section title="Timeline" aside={<ViewSelect view={view} onChange={setView} />}>
      {!query.data && query.isError && (
        <ErrorState what="The timeline" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {!query.data && !query.isError && <Skeleton height={90} />}
      {query.data && events.length === 0 && (
        <Text fz="sm" c="dimmed">
          Nothing of this kind has happened yet.
        </Text>
      )}
      <ol className={classes.events}>
        {events.map((event) => (
          <li key={event.id} className={classes.event}>
            <span className={classes.words}>{eventWords(event)}</span>
            <span className={classes.meta}>
              <time dateTime={event.occurred_at} title={exactTime(event.occurred_at)}>
                {dayAndClock(event.occurred_at, now)}
              </time>
              {actorWords(event) && ` · ${actorWords(event)}`}
            </span>
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
    </Section>
  );
}

function ViewSelect({ view, onChange }: { view: TimelineView; onChange: (view: TimelineView) => void }) {
  const data = Object.entries(timelineViews).map(([value, { label }]) => ({ value, label }));
  return (
    <NativeSelect
      size="xs"
      variant="unstyled"
      aria-label="Show in the timeline"
      className={classes.select}
      data={data}
      value={view}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        if (isTimelineView(chosen)) onChange(chosen);
      }}
    />
  );
}
