import type { TimelineEntry } from "../api/types.ts";
import { returnReason } from "../intake/reasons.ts";
import { relationName } from "../link/relations.ts";
import { metricName } from "../sla/clockText.ts";

/** `duplicate-of MS-1043` in words. */
function entryRelation(title: string | null): string {
  const [word, number] = (title ?? "").split(" ");
  return `${relationName(word ?? "")} ${number ?? ""}`;
}

/** What happened, in words; the text of a note is not part of it. */
export function entryTitle(entry: TimelineEntry): string {
  const name = entry.title ? ` ${entry.title}` : "";
  switch (entry.kind) {
    case "opened":
      return "opened the case";
    case "assigned":
      return entry.assignee ? `assigned ${entry.assignee.name}` : "took the owner away";
    case "severity_set":
      return entry.from ? `changed severity ${entry.from} to ${entry.to}` : `set severity ${entry.to}`;
    case "noted":
      return entry.audience === "public" ? "replied to the customer" : "noted";
    case "bundle_attached":
      return `attached a bundle${name}`;
    case "bundle_read":
      return `bundle is read${name}`;
    case "bundle_failed":
      return `bundle could not be read${name}`;
    case "evidence_pinned":
      return `pinned ${entry.evidence}`;
    case "evidence_unpinned":
      return `unpinned ${entry.evidence}`;
    case "hypothesis_pinned":
      return `took up the hypothesis${name}`;
    case "hypothesis_confirmed":
      return `confirmed${name}`;
    case "hypothesis_refuted":
      return `refuted${name}`;
    case "hypothesis_inconclusive":
      return `could not decide${name}`;
    case "reference_chosen":
      return entry.title ? `compares with${name}, which has no fault` : "looks at the bundle alone again";
    case "status_set":
      return entry.status === "hold"
        ? `put the case on hold, waits on${name}`
        : `set the status to ${entry.status}`;
    case "customer_wrote":
      return entry.title ? `wrote down what ${entry.title} said` : "wrote down what the customer said";
    case "customer_set":
      return `chose the customer${name}`;
    case "linked":
      return `linked: ${entryRelation(entry.title)}`;
    case "unlinked":
      return `unlinked: ${entryRelation(entry.title)}`;
    case "merged_into":
      return `merged the case into${name}`;
    case "merge_took":
      return `merged${name} into this case`;
    case "unmerged":
      return `took the merge into${name} back`;
    case "merge_released":
      return `made${name} a case of its own again`;
    case "split_off":
      return `split a part off as${name}`;
    case "split_from":
      return `split this case from${name}`;
    case "message_taken":
      return entry.title ? `${entry.title} said, before the split` : "said before the split";
    case "intake_reported":
      return `reported intake, score${name}`;
    case "intake_submitted":
      return `handed the intake over, score${name}`;
    case "intake_accepted":
      return `accepted the intake, score${name}`;
    case "intake_returned":
      return `returned the intake: ${returnReason(entry.title ?? "")}`;
    case "decided":
      return `decided:${name}`;
    case "swarm_opened":
      return "called people together";
    case "swarm_joined":
      return "joined the swarm";
    case "swarm_left":
      return "left the swarm";
    case "swarm_tried":
      return "tried in the swarm";
    case "swarm_asked":
      return "time box is over: the swarm decides now";
    case "swarm_lead_told":
      return "second time box is over: the lead is told";
    case "swarm_solved":
      return "closed the swarm: solved";
    case "swarm_next_step":
      return `closed the swarm: ${entry.assignee?.name ?? "somebody"} does the next step`;
    case "swarm_escalated":
      return "closed the swarm: escalate";
    case "swarm_stopped":
      return "closed the swarm: stop";
    case "mitigation_proposed":
      return `proposed the mitigation${name}`;
    case "mitigation_approved":
      return `approved the mitigation${name}`;
    case "mitigation_applied":
      return `applied the mitigation${name}`;
    case "mitigation_helped":
      return `says that it helped:${name}`;
    case "mitigation_rolled_back":
      return `took the mitigation back:${name}`;
    case "mitigation_dropped":
      return `dropped the mitigation${name}`;
    case "next_step_set":
      return entry.text ? "wrote down the next step" : "took the next step back";
    case "handed_off":
      return `handed the case off to${entry.assignee ? ` ${entry.assignee.name}` : name}`;
    case "handoff_asked":
      return "asked about the hand-off";
    case "handoff_answered":
      return "answered about the hand-off";
    case "handoff_accepted":
      return "accepted the hand-off";
    case "handoff_refused":
      return "refused the hand-off";
    case "update_promised":
      return "promised the next update";
    case "policies_pinned":
      return "promises hold for the case";
    case "clock_due_soon":
      return `clock is due soon: ${metricName(entry.title ?? "")}`;
    case "clock_breached":
      return `clock passed its target: ${metricName(entry.title ?? "")}`;
    case "identity_revealed":
      return `looked whom a pseudonym stands for:${name}`;
    case "bundle_recognised":
      return entry.title ? `looks like${name}` : "looks like no known trouble any more";
    case "match_confirmed":
      return `confirmed the known trouble${name}`;
    case "match_not_this":
      return `said that it is not${name}`;
    case "signature_drafted":
      return `drafted the signature${name}`;
    case "signature_activated":
      return `activated the signature${name}`;
    case "signature_retired":
      return `retired the signature${name}`;
    case "signature_declined":
      return "left no signature";
    case "closed":
      return "closed the case";
    case "resolved":
      return "resolved the case";
    case "reopened":
      return "reopened the case";
    default:
      return entry.kind.replaceAll("_", " ");
  }
}
