import { Button, PasswordInput, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { changePassword, type Me, saveMe } from "../../lib/api/session.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { NewPasswordInput } from "../../ui/new-password-input.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./area.module.css";
import { Area } from "./area.tsx";

type Props = { me: Me; notifications: ReactNode; onSaved: () => void };

/** What somebody sets for themselves, whatever their role. */
export function OwnArea({ me, notifications, onSaved }: Props) {
  return (
    <Area title="You" intro="Your name, how you come in, and how you are told of what concerns you.">
      <Stack gap="lg">
        <Profile me={me} onSaved={onSaved} />
        <Password me={me} onSaved={onSaved} />
        <section className={classes.panel} aria-label="Notifications">
          <h3 className={classes.panelTitle}>Notifications</h3>
          {notifications}
        </section>
      </Stack>
    </Area>
  );
}

function Profile({ me, onSaved }: { me: Me; onSaved: () => void }) {
  const [first, setFirst] = useState(me.first_name);
  const [last, setLast] = useState(me.last_name);
  const [email, setEmail] = useState(me.email ?? "");
  const [current, setCurrent] = useState("");
  const moves = email.trim() !== (me.email ?? "");
  const saving = useMutation({
    mutationFn: () =>
      saveMe({
        first_name: first,
        last_name: last,
        ...(moves ? { email: email.trim(), ...(me.has_password ? { current_password: current } : {}) } : {}),
      }),
    onSuccess: () => {
      showDone("Your details were saved.");
      setCurrent("");
      onSaved();
    },
  });
  return (
    <PanelForm label="Your details" title="Your details" saving={saving} onSubmit={saving.mutate} submit="Save">
      <TextInput
        label="First name"
        maxLength={100}
        autoComplete="given-name"
        value={first}
        onChange={(event) => setFirst(event.currentTarget.value)}
      />
      <TextInput
        label="Last name"
        maxLength={100}
        autoComplete="family-name"
        value={last}
        onChange={(event) => setLast(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        required
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      {moves && me.has_password && (
        <PasswordInput
          label="Your password"
          description="A new address is half of your sign-in."
          required
          inputWrapperOrder={["label", "input", "description", "error"]}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      )}
    </PanelForm>
  );
}

function Password({ me, onSaved }: { me: Me; onSaved: () => void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const saving = useMutation({
    mutationFn: () => changePassword({ newPassword: next, ...(me.has_password ? { currentPassword: current } : {}) }),
    onSuccess: () => {
      showDone("Your password is changed. You are signed out everywhere else.");
      setCurrent("");
      setNext("");
      onSaved();
    },
  });
  return (
    <PanelForm
      label="Password"
      title={me.has_password ? "Change your password" : "Set a password"}
      saving={saving}
      onSubmit={saving.mutate}
      submit={me.has_password ? "Change the password" : "Set the password"}
      variant="default"
    >
      <input type="hidden" name="username" autoComplete="username" value={me.email ?? ""} readOnly />
      {me.has_password && (
        <PasswordInput
          label="Password until now"
          required
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      )}
      <NewPasswordInput
        label="New password"
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={next}
        onChange={setNext}
      />
    </PanelForm>
  );
}

type PanelFormProps = {
  label: string;
  title: string;
  saving: { error: unknown; isPending: boolean };
  submit: string;
  variant?: "filled" | "default";
  children: ReactNode;
  onSubmit: () => void;
};

function PanelForm({ label, title, saving, submit, variant = "filled", children, onSubmit }: PanelFormProps) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={classes.panel} aria-label={label} onSubmit={send}>
      <h3 className={classes.panelTitle}>{title}</h3>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {children}
      </SimpleGrid>
      <Stack gap="sm" mt="md" align="flex-start">
        <FormProblem error={saving.error} />
        <Button type="submit" variant={variant} loading={saving.isPending}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
