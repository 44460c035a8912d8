import { ActionIcon, Tooltip } from "@mantine/core";
import { IconSend2, IconTemplate } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { SendDecision } from "../../../shared/v1/sending.ts";
import { useKeys } from "../../lib/use-keys.ts";
import { AttachButton } from "./attach-button.tsx";
import classes from "./composer.module.css";
import { priceWords } from "./decision-words.ts";
import { useDraft, writeDraft } from "./draft-store.ts";
import { QuickReplyList } from "./quick-reply-list.tsx";
import { useQuickReplies } from "./use-quick-replies.ts";
import { useSend } from "./use-send.ts";

type Props = {
  conversationId: number;
  decision: SendDecision | undefined;
  /** Absent in a mailbox's conversation, which takes words only. */
  onTemplates: (() => void) | undefined;
};

const longestText = 4096;
/** Beside the simulator the field has no room for more than its first words. */
const roomForHintPx = 350;

/** The field for free text. Enter sends, Shift and Enter breaks the line. */
export function TextField({ conversationId, decision, onTemplates }: Props) {
  const draft = useDraft(conversationId);
  const send = useSend(conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  useKeys({ r: (event) => focusOn(field.current, event) });
  const widthPx = useWidth(field);
  useGrowing(field, draft.text, widthPx);
  const text = draft.text.trim();
  const replies = useQuickReplies(conversationId, draft.text);
  const listId = `replies-${conversationId}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text === "") return;
    writeDraft(conversationId, "");
    send({ body: { type: "text", text: { body: text } }, text, key: draft.key, source: "typed" });
    field.current?.focus();
  };
  return (
    <form onSubmit={submit}>
      <QuickReplyList id={listId} replies={replies} />
      <div className={classes.row}>
        {onTemplates && (
          <>
            <AttachButton conversationId={conversationId} />
            <Tooltip label="Templates">
              <ActionIcon variant="subtle" color="gray" size={40} aria-label="Send a template" onClick={onTemplates}>
                <IconTemplate size={20} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        <textarea
          ref={field}
          className={classes.input}
          rows={1}
          maxLength={longestText}
          aria-label="Your answer"
          aria-describedby={`terms-${conversationId}`}
          aria-controls={replies.found.length > 0 ? listId : undefined}
          aria-activedescendant={replies.found.length > 0 ? `${listId}-${replies.chosen}` : undefined}
          placeholder={widthPx < roomForHintPx ? "Write an answer" : "Write an answer, or / for a prepared one"}
          value={draft.text}
          onChange={(event) => writeDraft(conversationId, event.target.value)}
          onKeyDown={(event) => {
            if (replies.onKey(event)) return;
            if (sends(event)) submit(event);
            if (event.key === "Escape") field.current?.blur();
          }}
        />
        <ActionIcon type="submit" size={40} radius="xl" aria-label="Send" disabled={text === ""}>
          <IconSend2 size={19} />
        </ActionIcon>
      </div>
      <Terms id={`terms-${conversationId}`} decision={decision} left={longestText - draft.text.length} />
    </form>
  );
}

/** What a message costs, why it would wait, what to mind. */
function Terms({ id, decision, left }: { id: string; decision: SendDecision | undefined; left: number }) {
  const words = decision === undefined ? [] : [laterWords(decision), priceWords(decision), ...decision.warnings];
  return (
    <p id={id} className={classes.terms} data-testid="send-terms">
      <span>{words.filter(Boolean).join(" · ")}</span>
      {left < 300 && <span>{left} characters left</span>}
    </p>
  );
}

function laterWords({ outcome, reason }: SendDecision): string | undefined {
  return outcome === "later" ? reason : undefined;
}

// On a phone's keyboard Enter is the only way to a new line.
function sends(event: KeyboardEvent): boolean {
  const byTouch = window.matchMedia("(pointer: coarse)").matches;
  return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && !byTouch;
}

function focusOn(field: HTMLTextAreaElement | null, event: globalThis.KeyboardEvent): void {
  event.preventDefault();
  field?.focus();
}

function useWidth(field: RefObject<HTMLTextAreaElement | null>): number {
  const [widthPx, setWidthPx] = useState(roomForHintPx);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidthPx(element.offsetWidth));
    observer.observe(element);
    setWidthPx(element.offsetWidth);
    return () => observer.disconnect();
  }, [field]);
  return widthPx;
}

/** The field is as high as its text, up to seven lines. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string, widthPx: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text and the width
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 168)}px`;
  }, [field, text, widthPx]);
}
