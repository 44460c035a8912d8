import { ActionIcon, Select, Skeleton } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type Stage, stages } from "../../../shared/stages.ts";
import type { Contact } from "../../../shared/v1/contact.ts";
import { contactQuery } from "../../lib/api/contacts.ts";
import { contactName } from "../../lib/contact-words.ts";
import { stageWords } from "../../lib/stage-words.ts";
import { useMay } from "../../lib/use-may.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { Pill } from "../../ui/pill.tsx";
import { DealsSection } from "./deals-section.tsx";
import { FilesSection } from "./files-section.tsx";
import classes from "./person-card.module.css";
import { PersonDetails } from "./person-details.tsx";
import { ScoreSection } from "./score-section.tsx";
import { TasksSection } from "./tasks-section.tsx";
import { TimelineSection } from "./timeline-section.tsx";
import { useStageChange } from "./use-stage-change.ts";

type Props = { contactId: number | undefined; onClose: () => void };

/** Who this is, what they are worth, what is to do and what happened. */
export function PersonCard({ contactId, onClose }: Props) {
  return (
    <div className={classes.card}>
      <div className={classes.bar}>
        <ActionIcon
          className={classes.back}
          variant="subtle"
          color="gray"
          size={40}
          aria-label="Back to the messages"
          onClick={onClose}
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
        <span className={classes.barTitle}>Person</span>
        <ActionIcon
          className={classes.close}
          variant="subtle"
          color="gray"
          size={34}
          aria-label="Close the card"
          onClick={onClose}
        >
          <IconX size={18} />
        </ActionIcon>
      </div>
      {contactId === undefined ? <CardSkeleton /> : <Loaded key={contactId} contactId={contactId} />}
    </div>
  );
}

function Loaded({ contactId }: { contactId: number }) {
  const { data, isError, error, refetch } = useQuery(contactQuery(contactId));
  if (!data && isError) return <ErrorState what="The person" error={error} onRetry={() => void refetch()} />;
  if (!data) return <CardSkeleton />;
  return (
    <>
      <Head contact={data} />
      <ScoreSection contactId={contactId} />
      <TasksSection contactId={contactId} />
      <DealsSection contactId={contactId} />
      <PersonDetails contact={data} />
      <FilesSection contactId={contactId} />
      <TimelineSection contactId={contactId} />
    </>
  );
}

function Head({ contact }: { contact: Contact }) {
  const may = useMay();
  const changeStage = useStageChange(contact.id);
  const work = [contact.position, contact.company].filter(Boolean).join(" at ");
  return (
    <div className={classes.head}>
      <PersonAvatar name={contact.name} seed={contact.id} size={56} />
      <div className={classes.who}>
        <h2 className={classes.name}>{contactName(contact)}</h2>
        {work && <p className={classes.work}>{work}</p>}
      </div>
      {may.write ? (
        <Select
          className={classes.stage}
          label="Stage"
          size="sm"
          allowDeselect={false}
          data={stages.map((stage) => ({ value: stage, label: stageWords[stage] }))}
          value={contact.stage}
          onChange={(stage: Stage | null) => stage && stage !== contact.stage && changeStage(stage)}
          comboboxProps={{ shadow: "md" }}
        />
      ) : (
        <span className={classes.stage}>
          <Pill>{stageWords[contact.stage]}</Pill>
        </span>
      )}
    </div>
  );
}

function CardSkeleton() {
  return (
    <div className={classes.head} role="status" aria-busy="true" aria-label="Loading the person">
      <Skeleton circle height={56} />
      <div className={classes.who}>
        <Skeleton height={14} width={140} mb={8} />
        <Skeleton height={10} width={180} />
      </div>
      <Skeleton className={classes.stage} height={36} />
    </div>
  );
}
