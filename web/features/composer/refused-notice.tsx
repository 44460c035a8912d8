import { Button, Text } from "@mantine/core";
import { IconLock, IconTemplate } from "@tabler/icons-react";
import type { SendDecision } from "../../../shared/v1/sending.ts";
import { exactTime } from "../../lib/format-time.ts";
import classes from "./composer.module.css";

type Props = { decision: SendDecision; templates: number; onTemplates: (() => void) | undefined };

/** Why nothing can be written here, and what can be done. */
export function RefusedNotice({ decision, templates, onTemplates }: Props) {
  const offersTemplate = decision.alternatives.some(({ kind }) => kind === "use_template");
  return (
    <div className={classes.refused} role="status" data-testid="send-refused">
      <IconLock size={18} stroke={1.7} className={classes.lock} aria-hidden />
      <div className={classes.reason}>
        <Text fz="sm" fw={500}>
          {decision.reason}
        </Text>
        {waysOut(decision, templates).map((way) => (
          <Text key={way} fz="xs" c="dimmed">
            {way}
          </Text>
        ))}
      </div>
      {offersTemplate && templates > 0 && onTemplates && (
        <Button size="sm" leftSection={<IconTemplate size={17} />} onClick={onTemplates}>
          Choose a template
        </Button>
      )}
    </div>
  );
}

function waysOut({ alternatives }: SendDecision, templates: number): string[] {
  return alternatives.flatMap(({ kind, at }) => {
    switch (kind) {
      case "wait_until":
        return at === undefined ? [] : [`It may be sent from ${exactTime(at)}.`];
      case "ask_for_consent":
        return ["Ask the person for their consent, and note it on their card."];
      case "call":
        return ["You can call instead."];
      case "reconnect_channel":
        return ["An admin can connect the number again in the settings."];
      case "use_template":
        return templates === 0 ? ["There is no approved template yet."] : [];
      default:
        return [];
    }
  });
}
