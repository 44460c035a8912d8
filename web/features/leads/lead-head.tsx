import { Button, Select, Text } from "@mantine/core";
import { IconCoin } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { type Stage, stages } from "../../../shared/stages.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { stageWords } from "../../lib/stage-words.ts";
import { useMay } from "../../lib/use-may.ts";
import { useMemberChoices } from "../../lib/use-member-choices.ts";
import { PersonHead } from "../../ui/person-head.tsx";
import { Pill } from "../../ui/pill.tsx";
import { ConvertLead } from "./convert-lead.tsx";
import classes from "./lead-page.module.css";
import { stageTones } from "./lead-words.ts";
import { useLeadChange } from "./use-lead-change.ts";

type Props = { lead: Lead; onBack: () => void; children?: ReactNode };

/** Who it is, how far, whose, and the step to a deal. */
export function LeadHead({ lead, onBack, children }: Props) {
  const [converting, setConverting] = useState(false);
  const may = useMay();
  const change = useLeadChange(lead.id);
  const work = [lead.job_title, lead.organization].filter(Boolean).join(" at ");
  const move = (stage: Stage | null) => {
    if (stage === null || stage === lead.stage) return;
    const words = `${lead.code} moved to ${stageWords[stage]}.`;
    change({ patch: { stage }, done: { words, undo: { stage: lead.stage } } });
  };
  return (
    <PersonHead
      person={{ id: lead.contact_id, name: lead.contact_name }}
      title={[lead.salutation, lead.contact_name].filter(Boolean).join(" ") || lead.phone || lead.code}
      detail={[lead.code, work].filter(Boolean).join(" · ")}
      onBack={onBack}
    >
      {may.write ? (
        <>
          <Select
            aria-label="Stage"
            w={160}
            allowDeselect={false}
            data={stages.map((stage) => ({ value: stage, label: stageWords[stage] }))}
            value={lead.stage}
            onChange={move}
          />
          <Owner lead={lead} />
        </>
      ) : (
        <>
          <Pill tone={stageTones[lead.stage]}>{stageWords[lead.stage]}</Pill>
          <Text fz="sm">{lead.owner_name || "No owner"}</Text>
        </>
      )}
      {lead.deal_id === null && may.write && (
        <Button leftSection={<IconCoin size={17} stroke={1.7} />} onClick={() => setConverting(true)}>
          Convert to Deal
        </Button>
      )}
      {lead.deal_id !== null && <span className={classes.converted}>Converted to deal {lead.deal_id}</span>}
      {children}
      <ConvertLead lead={lead} opened={converting} onClose={() => setConverting(false)} />
    </PersonHead>
  );
}

function Owner({ lead }: { lead: Lead }) {
  const change = useLeadChange(lead.id);
  const members = useMemberChoices();
  return (
    <Select
      aria-label="Owner"
      w={170}
      placeholder={lead.owner_name || "No owner"}
      clearable
      data={members}
      value={lead.owner_user_id}
      onChange={(owner) => {
        const words = owner === null ? "Nobody owns it now." : "Owner changed.";
        const undo = { owner_user_id: lead.owner_user_id };
        if (owner !== lead.owner_user_id) change({ patch: { owner_user_id: owner }, done: { words, undo } });
      }}
    />
  );
}
