import { Alert, Button, Group, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { IconClock, IconSend2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SendOptions } from "../../../shared/v1/sending.ts";
import type { Template } from "../../../shared/v1/template.ts";
import { templateQuery } from "../../lib/api/templates.ts";
import { randomKey } from "../../lib/random-key.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { priceWords } from "./decision-words.ts";
import { HeaderFileButton } from "./header-file-button.tsx";
import { type FieldValues, fieldsOf, type HeaderFile, isComplete, previewOf, templateBody } from "./template-fields.ts";
import { TemplatePreview } from "./template-preview.tsx";
import { useSend } from "./use-send.ts";

type Choice = SendOptions["templates"][number];
type Props = { conversationId: number; choice: Choice; onBack: () => void; onSent: () => void };

export function TemplateForm({ choice, ...rest }: Props) {
  const template = useQuery(templateQuery(choice.id));
  if (template.data) return <Filling template={template.data} choice={choice} {...rest} />;
  if (template.isError)
    return <ErrorState what="The template" error={template.error} onRetry={() => void template.refetch()} />;
  return <Skeleton height={220} role="status" aria-label="Loading the template" />;
}

function Filling({ template, choice, conversationId, onBack, onSent }: Props & { template: Template }) {
  const [values, setValues] = useState<FieldValues>({});
  const [file, setFile] = useState<HeaderFile>();
  const send = useSend(conversationId);
  const fields = fieldsOf(template.components);
  const preview = previewOf(template.components, values);
  const complete = isComplete(fields, values, file);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    send({ body: templateBody(template, values, file), text: preview.body, key: randomKey(), source: "template" });
    onSent();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {fields.map(({ key, label, media }, index) => (
          <TextInput
            key={key}
            label={label}
            required
            withAsterisk
            data-autofocus={index === 0 || undefined}
            {...(media && file ? { readOnly: true, description: "The file that was chosen" } : {})}
            value={(media && file?.name) ?? values[key] ?? ""}
            onChange={({ currentTarget: { value } }) => setValues((before) => ({ ...before, [key]: value }))}
            rightSectionWidth={media && 44}
            rightSection={media && <HeaderFileButton media={media} file={file} onChange={setFile} />}
          />
        ))}
        <TemplatePreview preview={preview} />
        <Terms choice={choice} />
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          <Button type="submit" leftSection={<IconSend2 size={17} />} disabled={!complete}>
            Send
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Terms({ choice: { decision } }: { choice: Choice }) {
  return (
    <>
      {decision.outcome === "later" && (
        <Alert icon={<IconClock size={18} />} color="yellow" variant="light">
          {decision.reason}
        </Alert>
      )}
      <Text fz="xs" c="dimmed">
        {[priceWords(decision), ...decision.warnings].filter(Boolean).join(" · ")}
      </Text>
    </>
  );
}
