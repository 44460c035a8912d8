import type * as View from "../../../../shared/v1/change-set.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { ContactAction, Selection } from "../../../domain/change-sets/change-contacts.ts";
import type { ConversationAction } from "../../../domain/change-sets/change-many-conversations.ts";
import type { ChangeSet, ChangeSetItem } from "../../../domain/change-sets/change-set.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { spelledFields } from "../../../domain/events/event-fields.ts";

export function presentChangeSetItem(item: ChangeSetItem): View.ChangeSetItem {
  return {
    id: item.id,
    kind: item.kind,
    summary: item.summary,
    changed_count: item.changedCount,
    created_by: item.createdBy,
    created_at: item.createdAt,
    undone_at: item.undoneAt,
    undone_by: item.undoneBy,
  };
}

export function presentChangeSet(changeSet: ChangeSet): View.ChangeSet {
  const changes = changeSet.changes.map(({ before, after, ...rest }) => ({
    ...rest,
    before: spelledFields(before),
    after: spelledFields(after),
  }));
  return { ...presentChangeSetItem(changeSet), changes, undo: changeSet.undo };
}

export function parseSelection({ ids, filter }: View.ContactBulk): Selection {
  if (ids !== undefined && filter !== undefined) throw invalid("filter", "filter and ids exclude each other");
  if (ids !== undefined) return { ids };
  if (filter === undefined) throw invalid("ids", "ids or a filter must say who");
  const { organization_id: organizationId, tag_id: tagId, owner_user_id: ownerUserId, ...rest } = filter;
  return { filter: withoutUndefined({ ...rest, organizationId, tagId, ownerUserId }) };
}

export function parseContactAction(body: View.ContactBulk): ContactAction {
  switch (body.action) {
    case "set_owner":
      return { type: "set_owner", ownerUserId: given("ownerUserId", body.owner_user_id) };
    case "set_stage":
      return { type: "set_stage", stage: given("stage", body.stage) };
    case "set_do_not_contact":
      return { type: "set_do_not_contact", doNotContact: given("doNotContact", body.do_not_contact) };
    case "add_tag":
    case "remove_tag":
      return { type: body.action, tagId: given("tagId", body.tag_id) };
    case "delete":
    case "restore":
      return { type: body.action };
  }
}

export function parseConversationAction(body: View.ConversationBulk): ConversationAction {
  if (body.action === "assign") return { type: "assign", assigneeUserId: given("userId", body.user_id) };
  return { type: body.action };
}

function given<Value>(path: string, value: Value | undefined): Value {
  if (value === undefined) throw invalid(path, `${path} is needed for this action`);
  return value;
}
