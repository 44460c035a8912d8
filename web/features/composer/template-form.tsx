import { Alert, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconClock, IconCode, IconSend2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SendOptions } from "../../../shared/v1/sending.ts";
import type { Template } from "../../../shared/v1/template.ts";
import { templateQuery } from "../../lib/api/templates.ts";
import { randomKey } from "../../lib/random-key.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { priceWords } from "./decision-words.ts";
import { templateBody } from "./template-body.ts";
import { type FieldValues, fieldsOf, type HeaderFiles, isBeyondFields, isComplete } from "./template-fields.ts";
import { TemplateInput } from "./template-input.tsx";
import { previewOf } from "./template-parts.ts";
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
  const [files, setFiles] = useState<HeaderFiles>({});
  const send = useSend(conversationId);
  const fields = fieldsOf(template.components);
  const preview = previewOf(template.components, values);
  const beyond = isBeyondFields(template.components);
  const complete = !beyond && isComplete(fields, values, files);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    send({ body: templateBody(template, values, files), text: preview.body, key: randomKey(), source: "template" });
    onSent();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {fields.map((field, index) => (
          <TemplateInput
            key={field.key}
            field={field}
            isFirst={index === 0}
            value={values[field.key] ?? ""}
            file={files[field.key]}
            onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
            onFile={(file) => setFiles((before) => ({ ...before, [field.key]: file }))}
          />
        ))}
        <TemplatePreview preview={preview} />
        {beyond && (
          <Alert icon={<IconCode size={18} />} color="yellow" variant="light">
            This template shows products, which are named by the API only.
          </Alert>
        )}
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
