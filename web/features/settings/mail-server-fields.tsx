import { Checkbox, Fieldset, PasswordInput, SimpleGrid, Switch, TextInput } from "@mantine/core";
import type { ServerDraft } from "./mail-account-draft.ts";
import classes from "./mail-server-fields.module.css";

type Props = {
  title: string;
  /** On the switch. */
  use: string;
  on: boolean;
  server: ServerDraft;
  /** The usual ports, with TLS from the first byte and without. */
  ports: { secure: string; plain: string };
  hasPassword: boolean;
  userNeeded: boolean;
  onChange: (server: ServerDraft, on: boolean) => void;
};

/** One of an account's two mail servers. */
export function MailServerFields({ title, use, on, server, ports, hasPassword, userNeeded, onChange }: Props) {
  const set = (part: Partial<ServerDraft>) => onChange({ ...server, ...part }, on);
  const secure = (checked: boolean) => {
    const usual = server.port === ports.secure || server.port === ports.plain;
    set({ secure: checked, ...(usual ? { port: checked ? ports.secure : ports.plain } : {}) });
  };
  return (
    <Fieldset legend={title} className={classes.server}>
      <Switch label={use} checked={on} onChange={(event) => onChange(server, event.currentTarget.checked)} />
      {on && (
        <>
          <div className={classes.place}>
            <TextInput
              label="Server"
              required
              maxLength={253}
              value={server.host}
              onChange={(event) => set({ host: event.currentTarget.value })}
            />
            <TextInput
              label="Port"
              required
              inputMode="numeric"
              pattern="[0-9]{1,5}"
              value={server.port}
              onChange={(event) => set({ port: event.currentTarget.value })}
            />
          </div>
          <Checkbox
            label="Encrypted from the first byte (TLS)"
            description="Otherwise it begins in the clear and encrypts at once (STARTTLS)."
            checked={server.secure}
            onChange={(event) => secure(event.currentTarget.checked)}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label="User"
              required={userNeeded}
              autoComplete="off"
              value={server.user}
              onChange={(event) => set({ user: event.currentTarget.value })}
            />
            <PasswordInput
              label="Password"
              placeholder={hasPassword ? "Stays as it is" : ""}
              autoComplete="new-password"
              value={server.password}
              onChange={(event) => set({ password: event.currentTarget.value })}
            />
          </SimpleGrid>
        </>
      )}
    </Fieldset>
  );
}
