import { type MantineSize, PasswordInput } from "@mantine/core";
import { leastPasswordLength } from "../../shared/password-length.ts";

type Props = {
  label: string;
  description?: string;
  size?: MantineSize;
  autoFocus?: boolean;
  inputWrapperOrder?: ("label" | "input" | "description" | "error")[];
  value: string;
  onChange: (value: string) => void;
};

/** A password that somebody chooses. */
export function NewPasswordInput({ description = advice, onChange, ...input }: Props) {
  return (
    <PasswordInput
      description={description}
      autoComplete="new-password"
      required
      minLength={leastPasswordLength}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...input}
    />
  );
}

const advice = `At least ${leastPasswordLength} characters; a few words in a row are easy to keep.`;
