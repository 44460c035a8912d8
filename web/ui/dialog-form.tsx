import { Button, Group, type MantineSpacing, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { FormProblem } from "./form-problem.tsx";

type Props = {
  sending: { error: unknown; isPending: boolean };
  /** On the button that sends it. */
  submit: string;
  disabled?: boolean;
  gap?: MantineSpacing;
  children: ReactNode;
  onSubmit: () => void;
};

/** The fields of a dialog, below them why they were not taken, and the button that sends them. */
export function DialogForm({ sending, submit, disabled = false, gap = "md", children, onSubmit }: Props) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={send}>
      <Stack gap={gap}>
        {children}
        <FormProblem error={sending.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={sending.isPending} disabled={disabled}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
