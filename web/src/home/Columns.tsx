// The plain lists of Home: what is due, what others did, who is there.
import { Link } from "@tanstack/react-router";
import type { Home, HomeCase, PersonAtWork } from "../api/types.ts";
import { byReadiness, localTime, presence, presenceText } from "../people/work.ts";
import { useNow, useZone } from "../shell/zone.ts";
import { dueText, nextDue } from "../sla/clockText.ts";
import { formatAge, formatShort, parseMicros } from "../time/time.ts";
import { SeverityMark } from "../ui/SeverityMark.tsx";

interface DueProps {
  cases: HomeCase[];
  current: string | null;
  onChoose: (id: string) => void;
}

export function DueList({ cases, current, onChoose }: DueProps) {
  const now = useNow();
  const { zone } = useZone();
  if (cases.length === 0) return null;
  return (
    <section className="home-section" aria-labelledby="due-title">
      <h2 className="column-title" id="due-title">
        Mine, what is due first in front
      </h2>
      <ul>
        {cases.map((it) => {
          const id = `due-${it.number}`;
          const due = nextDue(it);
          const said = due && dueText(due.dueUs, due.warnUs, now);
          return (
            <li key={id} id={id} className="home-row home-due" data-current={current === id || undefined}>
              <span className="due tabular" data-tone={said?.tone ?? "quiet"}>
                {due && said ? `${due.what} ${said.text}` : "nothing runs"}
              </span>
              <SeverityMark severity={it.severity} />
              <Link
                to="/cases/$number"
                params={{ number: it.number }}
                className="row-link cut"
                onFocus={() => onChoose(id)}
              >
                {it.number} {it.subject}
              </Link>
              <small className="muted home-step">
                {it.next_step ? `Next: ${it.next_step.text}` : "No next step is written down"}
                {it.next_step?.due_at && `, until ${formatShort(parseMicros(it.next_step.due_at), zone)}`}
                {it.promised_at && ` · update promised by ${formatShort(parseMicros(it.promised_at), zone)}`}
              </small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Changes({ home }: { home: Home }) {
  const now = useNow();
  const { zone } = useZone();
  return (
    <section className="home-section" aria-labelledby="changed-title">
      <h2 className="column-title" id="changed-title">
        Changed since {formatShort(parseMicros(home.since), zone)}
      </h2>
      {home.changed.length === 0 && <p className="muted">Nobody else touched your cases.</p>}
      <ul>
        {home.changed.map((it) => (
          <li key={it.number} className="home-row">
            <SeverityMark severity={it.severity} />{" "}
            <Link to="/cases/$number" params={{ number: it.number }}>
              {it.number}
            </Link>{" "}
            {it.entries} {it.entries === 1 ? "entry" : "entries"}, last {it.kind.replaceAll("_", " ")} by{" "}
            {it.actor.name}, {formatAge(parseMicros(it.at), now)}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function TeamNow({ team }: { team: PersonAtWork[] }) {
  const now = useNow();
  const { zone } = useZone();
  return (
    <section className="home-section" aria-labelledby="team-title">
      <h2 className="column-title" id="team-title">
        Team now
      </h2>
      <ul>
        {[...team].sort(byReadiness).map((it) => (
          <li key={it.person.id} className="home-row home-person">
            <Link to="/people/$id" params={{ id: it.person.id }}>
              {it.person.name}
            </Link>
            <span className="presence" data-presence={presence(it)}>
              {presenceText(it, zone)}
            </span>
            <small className="muted tabular">{localTime(it.profile.hours?.zone, now / 1000)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
