import { Checkbox, NativeSelect } from "@mantine/core";
import { mailCadences } from "../../../shared/notification-kinds.ts";
import type { NotificationWays } from "../../../shared/v1/notification.ts";
import classes from "./notification-settings.module.css";

type Change = { kind: string; in_app?: boolean; email?: NotificationWays["email"]; push?: boolean };

type Props = { kinds: NotificationWays[]; onChange: (change: Change) => void };

const mailWords = { off: "No mail", digest: "Daily mail", immediately: "Mail at once" } as const;

/** Each kind with its ways, by group. */
export function KindWays({ kinds, onChange }: Props) {
  return [...Map.groupBy(kinds, ({ group }) => group)].map(([group, own]) => (
    <section key={group} aria-label={group}>
      <h3 className={classes.group}>{group}</h3>
      {own.map((ways) => (
        <Ways key={ways.kind} ways={ways} onChange={onChange} />
      ))}
    </section>
  ));
}

function Ways({ ways, onChange }: { ways: NotificationWays; onChange: Props["onChange"] }) {
  const { kind, label } = ways;
  return (
    <fieldset className={classes.kind} aria-label={label}>
      <span className={classes.label}>{label}</span>
      <Checkbox
        label="Bell"
        checked={ways.in_app}
        onChange={(event) => onChange({ kind, in_app: event.currentTarget.checked })}
      />
      <NativeSelect
        size="xs"
        aria-label={`Mail: ${label}`}
        value={ways.email}
        data={mailCadences.map((value) => ({ value, label: mailWords[value] }))}
        onChange={(event) => {
          const email = mailCadences.find((cadence) => cadence === event.currentTarget.value);
          if (email) onChange({ kind, email });
        }}
      />
      <Checkbox
        label="Push"
        checked={ways.push}
        onChange={(event) => onChange({ kind, push: event.currentTarget.checked })}
      />
    </fieldset>
  );
}
