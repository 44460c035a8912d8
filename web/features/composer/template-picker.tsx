import { Modal, NavLink, ScrollArea, Text, TextInput } from "@mantine/core";
import { IconSearch, IconTemplate } from "@tabler/icons-react";
import { useState } from "react";
import type { SendOptions } from "../../../shared/v1/sending.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { priceWords } from "./decision-words.ts";
import { FetchTemplates } from "./fetch-templates.tsx";
import { TemplateForm } from "./template-form.tsx";

type Choice = SendOptions["templates"][number];
type Props = { options: SendOptions; opened: boolean; onClose: () => void };

/** Choose a template, fill it in, see it as the customer will, send it. */
export function TemplatePicker({ options, opened, onClose }: Props) {
  const [chosen, setChosen] = useState<Choice | undefined>(undefined);
  const close = () => {
    setChosen(undefined);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={chosen ? chosen.name : "Choose a template"} size="lg">
      {chosen ? (
        <TemplateForm
          conversationId={options.conversation_id}
          choice={chosen}
          onBack={() => setChosen(undefined)}
          onSent={close}
        />
      ) : (
        <Choices conversationId={options.conversation_id} templates={options.templates} onChoose={setChosen} />
      )}
    </Modal>
  );
}

type ChoicesProps = { conversationId: number; templates: Choice[]; onChoose: (choice: Choice) => void };

function Choices({ conversationId, templates, onChoose }: ChoicesProps) {
  const [query, setQuery] = useState("");
  const found = templates.filter(({ name }) => name.includes(query.trim().toLowerCase().replaceAll(" ", "_")));
  if (templates.length === 0)
    return (
      <EmptyState
        icon={IconTemplate}
        title="No approved template yet"
        action={<FetchTemplates conversationId={conversationId} />}
      >
        WhatsApp has to approve a template before it can be sent. Create one by the API, or fetch those you have.
      </EmptyState>
    );
  return (
    <>
      <TextInput
        data-autofocus
        aria-label="Find a template"
        placeholder="Find a template"
        leftSection={<IconSearch size={16} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        mb="xs"
      />
      <ScrollArea.Autosize mah="55vh" type="auto">
        {found.map((choice) => (
          <NavLink
            key={choice.id}
            component="button"
            label={choice.name}
            description={descriptionOf(choice)}
            disabled={choice.decision.outcome === "refused"}
            onClick={() => onChoose(choice)}
          />
        ))}
        {found.length === 0 && (
          <Text fz="sm" c="dimmed" p="sm">
            No template has this in its name.
          </Text>
        )}
      </ScrollArea.Autosize>
    </>
  );
}

function descriptionOf({ language, category, decision }: Choice): string {
  if (decision.outcome === "refused") return decision.reason;
  return [category, language, priceWords(decision)].filter(Boolean).join(" · ");
}
