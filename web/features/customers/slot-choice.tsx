import { Text, UnstyledButton } from "@mantine/core";
import type { FreeSlots } from "../../../shared/v1/booking.ts";
import { isOwnClock } from "../../lib/format-time.ts";
import classes from "./slot-choice.module.css";

type Slot = FreeSlots["data"][number];
type Props = { slots: FreeSlots; chosen: Slot | undefined; onChoose: (slot: Slot) => void };

/** Free times by day, on the clock of the place. */
export function SlotChoice({ slots, chosen, onChoose }: Props) {
  const { time_zone: timeZone, data } = slots;
  if (data.length === 0)
    return (
      <Text fz="sm" c="dimmed" role="status">
        Nothing is free in the seven days from then. Choose a later day.
      </Text>
    );
  const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", timeZone });
  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", timeZone });
  const days = Map.groupBy(data, (slot) => day.format(new Date(slot.starts_at)));
  return (
    <fieldset className={classes.days} aria-label="Free times">
      <Text fz="xs" c="dimmed">
        {clockWords(slots)}
      </Text>
      {[...days].map(([name, ofDay]) => (
        <section key={name} aria-label={name}>
          <h4 className={classes.day}>{name}</h4>
          <div className={classes.slots}>
            {ofDay.map((slot) => (
              <UnstyledButton
                key={slot.starts_at}
                className={classes.slot}
                aria-pressed={slot.starts_at === chosen?.starts_at}
                onClick={() => onChoose(slot)}
              >
                {clock.format(new Date(slot.starts_at))}
              </UnstyledButton>
            ))}
          </div>
        </section>
      ))}
    </fieldset>
  );
}

function clockWords({ time_zone: timeZone, data }: FreeSlots): string {
  const isOwn = data.every(({ starts_at: startsAt }) => isOwnClock(startsAt, timeZone));
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isOwn ? `Times of ${timeZone}` : `Times of ${timeZone}, where the visit takes place; you are in ${own}`;
}
