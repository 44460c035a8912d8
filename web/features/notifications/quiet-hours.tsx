import { Switch, TextInput } from "@mantine/core";
import type { NotificationPreferences, NotificationPreferencesPatch } from "../../../shared/v1/notification.ts";
import classes from "./notification-settings.module.css";

type Props = { preferences: NotificationPreferences; onChange: (patch: NotificationPreferencesPatch) => void };

/** When mail and push wait, and when the daily mail goes. */
export function QuietHours({ preferences, onChange }: Props) {
  const { quiet_from: from, quiet_until: until, digest_at: digestAt, effective_time_zone: zone } = preferences;
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <Switch
        mt="md"
        label="Quiet hours"
        description={`Mail and push wait until they end; the bell lists everything. Times in ${zone}.`}
        checked={from !== null}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { quiet_from: "20:00", quiet_until: "08:00", time_zone: ownZone }
              : { quiet_from: null, quiet_until: null },
          )
        }
      />
      <div className={classes.times}>
        {from !== null && until !== null && (
          <>
            <Clock label="From" value={from} onChange={(quiet_from) => onChange({ quiet_from })} />
            <Clock label="Until" value={until} onChange={(quiet_until) => onChange({ quiet_until })} />
          </>
        )}
        <Clock
          label="Daily mail at"
          value={digestAt}
          onChange={(digest_at) => onChange({ digest_at, time_zone: ownZone })}
        />
      </div>
    </>
  );
}

function Clock({ label, value, onChange }: { label: string; value: string; onChange: (clock: string) => void }) {
  return (
    <TextInput
      mt="sm"
      type="time"
      label={label}
      defaultValue={value}
      // At the end of typing: half a time is none.
      onBlur={(event) => {
        const { value: typed } = event.currentTarget;
        if (typed !== "" && typed !== value) onChange(typed);
      }}
    />
  );
}
