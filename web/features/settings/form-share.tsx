import { Anchor, Modal, Stack, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { Form } from "../../../shared/v1/form.ts";
import { CopyField } from "../../ui/copy-field.tsx";
import { embedSnippet } from "./embed-snippet.ts";

/** Where a form is, and how it comes onto another page. */
export function FormShare({ form, onClose }: { form: Form | undefined; onClose: () => void }) {
  const url = `${location.origin}${form?.url ?? ""}`;
  return (
    <Modal opened={form !== undefined} onClose={onClose} title={form?.name ?? ""} size="lg">
      {form && (
        <Stack>
          {!form.active && (
            <Text fz="sm" c="var(--warn-ink)">
              This form is off: whoever opens it finds nothing.
            </Text>
          )}
          <CopyField
            label="Link"
            description="A page of its own, for a mail, a profile or a printed code."
            value={url}
          />
          <CopyField
            label="On your own page"
            description="Paste it where the form is to stand."
            rows={4}
            value={embedSnippet({ url, name: form.name })}
          />
          <Anchor href={url} target="_blank" rel="noopener noreferrer" fz="sm">
            Open the form <IconExternalLink size={14} style={{ verticalAlign: "-2px" }} aria-hidden />
          </Anchor>
        </Stack>
      )}
    </Modal>
  );
}
