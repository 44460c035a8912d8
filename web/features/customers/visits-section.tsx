import { Button, Menu, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { IconCalendarPlus, IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Appointment } from "../../../shared/v1/appointment.ts";
import { earlyVisitMs } from "../../../shared/visit-times.ts";
import { type VisitAct, visitsQuery } from "../../lib/api/booking.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { placeTime } from "../../lib/format-time.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import { Section } from "../../ui/section.tsx";
import type { Tone } from "../../ui/tone.ts";
import { BookVisit } from "./book-visit.tsx";
import { useVisitActs } from "./use-visit-acts.ts";
import classes from "./visits-section.module.css";

/** A person's visits, those to come first. */
export function VisitsSection({ contactId }: { contactId: number }) {
  const { data, isError, error, refetch } = useQuery(visitsQuery(contactId));
  const may = useMay();
  const [booking, setBooking] = useState(false);
  const visits = (data?.data ?? []).toSorted(toComeFirst);
  return (
    <Section
      title="Visits"
      count={visits.length}
      aside={
        may.write && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconCalendarPlus size={16} />}
            onClick={() => setBooking(true)}
          >
            Book a visit
          </Button>
        )
      }
    >
      {!data && isError && <ErrorState what="The visits" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={90} />}
      {data && visits.length === 0 && (
        <Text fz="sm" c="dimmed">
          No visit yet. A completed one counts for the record, brings points and a follow-up in seven days.
        </Text>
      )}
      <ul className={classes.visits}>
        {visits.map((visit) => (
          <VisitLine key={visit.id} visit={visit} />
        ))}
      </ul>
      <BookVisit contactId={contactId} opened={booking} onClose={() => setBooking(false)} />
    </Section>
  );
}

const tones: Record<Appointment["status"], Tone> = {
  booked: "quiet",
  confirmed: "good",
  completed: "good",
  cancelled: "quiet",
  no_show: "bad",
};

const words: Record<Appointment["status"], string> = {
  booked: "booked",
  confirmed: "confirmed",
  completed: "completed",
  cancelled: "cancelled",
  no_show: "did not come",
};

function VisitLine({ visit }: { visit: Appointment }) {
  const may = useMay();
  const { starts_at: startsAt, service, provider, location, status } = visit;
  return (
    <li className={classes.visit} data-over={isOver(visit) || undefined}>
      <time className={classes.when} dateTime={startsAt}>
        {placeTime(startsAt, location.time_zone)}
      </time>
      <span className={classes.what}>
        {service.name}
        <span className={classes.where}>
          {provider.name} · {location.name}
        </span>
      </span>
      <span className={classes.money}>{formatMoney(visit.amount, visit.currency)}</span>
      <Pill tone={tones[status]}>{words[status]}</Pill>
      {may.write && <VisitMenu visit={visit} />}
    </li>
  );
}

function VisitMenu({ visit }: { visit: Appointment }) {
  const act = useVisitActs(visit);
  const now = useNow(60_000);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.more} aria-label={`What happened to ${visit.service.name}`}>
          <IconDots size={18} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {actsOf(visit, now).map(({ name, label }) => (
          <Menu.Item key={name} onClick={() => act(name)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What did not begin cannot have taken place, but for who comes an hour early, and nobody has missed it. */
function actsOf({ status, starts_at: startsAt }: Appointment, now: number): { name: VisitAct; label: string }[] {
  if (isEnded(status)) return [{ name: "reopen", label: "Take it back" }];
  const beginsInMs = Date.parse(startsAt) - now;
  const acts: { name: VisitAct; label: string; may: boolean }[] = [
    { name: "confirm", label: "Confirmed", may: status === "booked" },
    { name: "complete", label: "Took place", may: beginsInMs <= earlyVisitMs },
    { name: "no-show", label: "Did not come", may: beginsInMs <= 0 },
    { name: "cancel", label: "Cancel", may: true },
  ];
  return acts.filter(({ may }) => may);
}

function isEnded(status: Appointment["status"]): boolean {
  return status === "completed" || status === "cancelled" || status === "no_show";
}

function isOver({ status }: Appointment): boolean {
  return isEnded(status);
}

function toComeFirst(a: Appointment, b: Appointment): number {
  const [aOver, bOver] = [isOver(a), isOver(b)];
  if (aOver !== bOver) return Number(aOver) - Number(bOver);
  return aOver ? b.starts_at.localeCompare(a.starts_at) : a.starts_at.localeCompare(b.starts_at);
}
