import { TextInput } from "@mantine/core";
import { HeaderFileButton } from "./header-file-button.tsx";
import type { HeaderFile, TemplateField } from "./template-fields.ts";

type Props = {
  field: TemplateField;
  isFirst: boolean;
  value: string;
  file: HeaderFile | undefined;
  onChange: (value: string) => void;
  onFile: (file: HeaderFile | undefined) => void;
};

/** One value of a template; a picture may be a file of one's own instead of an address. */
export function TemplateInput({ field: { label, media, part, name }, isFirst, value, file, onChange, onFile }: Props) {
  const isNumber = part === "place" && (name === "latitude" || name === "longitude");
  return (
    <TextInput
      label={label}
      required
      withAsterisk
      data-autofocus={isFirst || undefined}
      type={part === "offer" ? "datetime-local" : "text"}
      inputMode={isNumber ? "decimal" : undefined}
      {...(media && file ? { readOnly: true, description: "The file that was chosen" } : {})}
      value={(media && file?.name) ?? value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      rightSectionWidth={media && 44}
      rightSection={media && <HeaderFileButton media={media} file={file} onChange={onFile} />}
    />
  );
}
