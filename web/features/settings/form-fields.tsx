import { ActionIcon, Button, Checkbox, Fieldset, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { formTargets } from "../../../shared/form-targets.ts";
import { type FieldDraft, moved, targetsFor, withField } from "./form-draft.ts";
import classes from "./form-fields.module.css";
import { targetWords } from "./settings-words.ts";

type Props = { fields: FieldDraft[]; onChange: (fields: FieldDraft[]) => void };

const mostFields = 30;

/** What a form asks, in its order, and what each answer fills. */
export function FormFields({ fields, onChange }: Props) {
  const reachable = fields.some(({ target }) => target === "email" || target === "phone");
  return (
    <Fieldset legend="Fields" className={classes.fields}>
      <ol className={classes.list}>
        {fields.map((field, index) => (
          <Row key={field.key} fields={fields} field={field} index={index} onChange={onChange} />
        ))}
      </ol>
      {!reachable && (
        <Text fz="sm" c="var(--warn-ink)" mb="sm">
          Ask for an e-mail address or a phone number: otherwise nobody can answer.
        </Text>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={15} />}
        disabled={fields.length >= mostFields}
        onClick={() => onChange(withField(fields))}
      >
        Add a field
      </Button>
    </Fieldset>
  );
}

type RowProps = Props & { field: FieldDraft; index: number };

function Row({ fields, field, index, onChange }: RowProps) {
  const called = field.label || `field ${index + 1}`;
  const set = (part: Partial<FieldDraft>) =>
    onChange(fields.map((one) => (one.key === field.key ? { ...one, ...part } : one)));
  return (
    <li className={classes.field}>
      <TextInput
        className={classes.label}
        size="sm"
        label={index === 0 ? "Question" : undefined}
        aria-label={`Question ${index + 1}`}
        required
        maxLength={200}
        value={field.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      <NativeSelect
        className={classes.target}
        size="sm"
        label={index === 0 ? "Fills" : undefined}
        aria-label={`What question ${index + 1} fills`}
        data={targetsFor(fields, field.key).map((target) => ({ value: target, label: targetWords[target] }))}
        value={field.target}
        onChange={({ currentTarget: { value } }) => {
          const target = formTargets.find((known) => known === value);
          if (target) set({ target });
        }}
      />
      <Checkbox
        className={classes.required}
        label="Required"
        aria-label={`Question ${index + 1} is required`}
        checked={field.required}
        onChange={(event) => set({ required: event.currentTarget.checked })}
      />
      <div className={classes.acts}>
        <Act
          icon={IconArrowUp}
          label={`Move ${called} up`}
          disabled={index === 0}
          onClick={() => onChange(moved(fields, index, -1))}
        />
        <Act
          icon={IconArrowDown}
          label={`Move ${called} down`}
          disabled={index === fields.length - 1}
          onClick={() => onChange(moved(fields, index, 1))}
        />
        <Act
          icon={IconTrash}
          label={`Take ${called} away`}
          disabled={fields.length === 1}
          onClick={() => onChange(fields.filter(({ key }) => key !== field.key))}
        />
      </div>
    </li>
  );
}

type ActProps = { icon: typeof IconTrash; label: string; disabled: boolean; onClick: () => void };

function Act({ icon: Icon, label, disabled, onClick }: ActProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
      <Icon size={17} />
    </ActionIcon>
  );
}
