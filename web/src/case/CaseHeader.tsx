import { useMay } from "../shell/session.tsx";
import { useNow, useZone } from "../shell/zone.ts";
import { formatAge, formatShort, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { useCase } from "./useCase.ts";

function ageText(status: "open" | "resolved", age: string): string {
  if (age === "now") return "opened just now";
  return status === "open" ? `open for ${age}` : `opened ${age} ago`;
}

export function CaseHeader() {
  const { detail } = useCase();
  const { zone } = useZone();
  const now = useNow(30_000);
  const mayAssign = useMay("assign_case");
  const maySet = useMay("set_severity");
  const mayClose = useMay(detail.status === "open" ? "resolve_case" : "reopen_case");
  const opened = parseMicros(detail.opened_at);
  const product = [detail.product, detail.version].filter(Boolean).join(" ");
  return (
    <header className="case-header">
      <div className="case-title">
        <SeverityMark severity={detail.severity} />
        <span className="case-number tabular">{detail.number}</span>
        <h1 className="cut" title={detail.subject}>
          {detail.subject}
        </h1>
        {detail.status === "resolved" && (
          <span className="tag" data-tone="done">
            resolved
          </span>
        )}
        {detail.sample && <span className="tag">sample</span>}
      </div>
      <p className="case-facts">
        {[detail.customer, product].filter(Boolean).map((part) => (
          <span key={part}>{part}</span>
        ))}
        <span>{detail.assignee ? detail.assignee.name : <span className="warned">unowned</span>}</span>
        <span className="muted" title={`opened ${formatShort(opened, zone)} by ${detail.opened_by.name}`}>
          {ageText(detail.status, formatAge(opened, now))}
        </span>
      </p>
      <div className="button-row">
        <CommandButton command="case.assign" disabled={!mayAssign} why="Your role may not assign">
          Assign
        </CommandButton>
        <CommandButton command="case.severity" disabled={!maySet} why="Your role may not set the severity">
          Severity
        </CommandButton>
        <CommandButton command="case.resolve" disabled={!mayClose} why="Your role may not do this" hideKeys>
          {detail.status === "open" ? "Resolve" : "Reopen"}
        </CommandButton>
      </div>
    </header>
  );
}
