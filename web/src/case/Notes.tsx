import { useQuery } from "@tanstack/react-query";
import { timelineQuery } from "../api/queries.ts";
import type { TimelineEntry } from "../api/types.ts";
import { LiveChip } from "../shell/LiveChip.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { ErrorState } from "../ui/states.tsx";
import { Composer } from "./Composer.tsx";
import { useCase } from "./useCase.ts";

export function Notes() {
  const { detail } = useCase();
  const found = useQuery(timelineQuery(detail.number));
  const notes = found.data?.filter(({ kind }) => kind === "noted" || kind === "customer_wrote") ?? [];
  return (
    <section className="side-section" aria-labelledby="notes-title">
      <header>
        <h2 className="column-title" id="notes-title">
          Notes <span className="count">{notes.length || ""}</span>
        </h2>
        <LiveChip scope={`case/${detail.number}`} />
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      <ol className="notes">
        {notes.map((note) => (
          <Note key={note.sequence} note={note} />
        ))}
      </ol>
      {found.data && notes.length === 0 && <p className="muted side-none">No notes yet.</p>}
      <Composer />
    </section>
  );
}

export function Note({ note }: { note: TimelineEntry }) {
  const { zone } = useZone();
  const fromCustomer = note.kind === "customer_wrote";
  return (
    <li
      className="note"
      data-from-customer={fromCustomer || undefined}
      data-audience={note.audience ?? "internal"}
    >
      <p className="note-head">
        <b>{fromCustomer ? note.title || "The customer" : note.actor.name}</b>
        <span className="note-audience">
          {fromCustomer
            ? `Customer, written down by ${note.actor.name}`
            : note.audience === "public"
              ? "Customer sees this"
              : "Internal"}
        </span>
        <time className="muted tabular" dateTime={note.at}>
          {formatShort(parseMicros(note.at), zone)}
        </time>
      </p>
      {note.html ? <ServerHtml html={note.html} /> : <p>{note.text}</p>}
    </li>
  );
}
