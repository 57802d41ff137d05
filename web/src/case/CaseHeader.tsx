import { Link } from "@tanstack/react-router";
import { useMay } from "../shell/session.tsx";
import { useNow, useZone } from "../shell/zone.ts";
import { formatAge, formatShort, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { isDone, statusText } from "./status.ts";
import { useCase } from "./useCase.ts";

function ageText(done: boolean, age: string): string {
  if (age === "now") return "opened just now";
  return done ? `opened ${age} ago` : `open for ${age}`;
}

export function CaseHeader() {
  const { detail } = useCase();
  const { zone } = useZone();
  const now = useNow(30_000);
  const mayAssign = useMay("assign_case");
  const maySet = useMay("set_severity");
  const maySetStatus = useMay("set_status");
  const mayRecord = useMay("record_customer");
  const done = isDone(detail.status);
  const closed = detail.status === "closed";
  const mayResolve = useMay(done ? "reopen_case" : "resolve_case");
  const mayClose = useMay("close_case");
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
        <span className="tag" data-tone={done || detail.merged_into ? "done" : undefined}>
          {statusText(detail)}
        </span>
        {detail.sample && <span className="tag">sample</span>}
      </div>
      {detail.merged_into && (
        <p className="merged-note warned">
          This is the history of {detail.number}.{" "}
          <Link to="/cases/$number" params={{ number: detail.merged_into }}>
            Go to {detail.merged_into}
          </Link>
          , where the work goes on.
        </p>
      )}
      <p className="case-facts">
        {detail.customer && (
          <span>
            {detail.customer_id ? (
              <Link to="/customers/$id" params={{ id: detail.customer_id }}>
                {detail.customer}
              </Link>
            ) : (
              detail.customer
            )}
            {detail.tier && ` (${detail.tier})`}
          </span>
        )}
        {product && <span>{product}</span>}
        <span>{detail.assignee ? detail.assignee.name : <span className="warned">unowned</span>}</span>
        <span className="muted" title={`opened ${formatShort(opened, zone)} by ${detail.opened_by.name}`}>
          {ageText(done, formatAge(opened, now))}
        </span>
      </p>
      <div className="button-row">
        <CommandButton command="case.assign" disabled={!mayAssign} why="Your role may not assign">
          Assign
        </CommandButton>
        <CommandButton command="case.severity" disabled={!maySet} why="Your role may not set the severity">
          Severity
        </CommandButton>
        <CommandButton
          command="case.status"
          disabled={!maySetStatus || done}
          why={done ? "Reopen the case first" : "Your role may not set the status"}
        >
          Status
        </CommandButton>
        <CommandButton
          command="case.customer"
          disabled={!mayRecord || closed}
          why={closed ? "The case is closed" : "Your role may not write this down"}
        >
          Customer said
        </CommandButton>
        <CommandButton
          command="case.resolve"
          disabled={!mayResolve || closed}
          why={closed ? "A closed case stays closed" : "Your role may not do this"}
          hideKeys
        >
          {done ? "Reopen" : "Resolve"}
        </CommandButton>
        {detail.status === "solved" && (
          <CommandButton command="case.close" disabled={!mayClose} why="Your role may not close" hideKeys>
            Close
          </CommandButton>
        )}
      </div>
    </header>
  );
}
