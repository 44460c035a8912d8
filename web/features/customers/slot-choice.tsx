import { Text, UnstyledButton } from "@mantine/core";
import type { FreeSlots } from "../../../shared/v1/booking.ts";
import classes from "./slot-choice.module.css";

type Slot = FreeSlots["data"][number];
type Props = { slots: FreeSlots; chosen: Slot | undefined; onChoose: (slot: Slot) => void };

/** Free times by day, on the clock of the place. */
export function SlotChoice({ slots: { time_zone: timeZone, data }, chosen, onChoose }: Props) {
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
      {[...days].map(([name, slots]) => (
        <section key={name} aria-label={name}>
          <h4 className={classes.day}>{name}</h4>
          <div className={classes.slots}>
            {slots.map((slot) => (
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
      <Text fz="xs" c="dimmed">
        Times of {timeZone}
      </Text>
    </fieldset>
  );
}
