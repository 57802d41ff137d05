// The packet before it is sent: written from the log, edited by the giver.
import "../styles/home.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { api } from "../api/client.ts";
import { refreshHome } from "../api/live.ts";
import { atWorkQuery, draftQuery, teamsQuery } from "../api/queries.ts";
import type { HandoffCase, HandoffParts } from "../api/types.ts";
import { useCommands } from "../keys/registry.ts";
import { byReadiness, presenceText } from "../people/work.ts";
import { useMay, useSession } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { parseTyped, toRfc3339 } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { Keys } from "../ui/Keys.tsx";
import { SelectField } from "../ui/SelectField.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { emptyParts, PARTS } from "./parts.ts";

export function PacketScreen() {
  const found = useQuery(draftQuery);
  const may = useMay("hand_off");
  useEffect(() => {
    document.title = "Hand-off · Mainstay";
  }, []);
  return (
    <main id="main" className="full-page customers packet">
      <h1>Hand off my cases</h1>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading what="your cases" />}
      {found.data?.length === 0 && (
        <EmptyState title="You own no open case">
          <p className="muted">There is nothing to hand off. Say on Home that your shift is over.</p>
          <Link className="button" to="/home">
            Home
          </Link>
        </EmptyState>
      )}
      {may && found.data && found.data.length > 0 && <PacketForm drafts={found.data} />}
    </main>
  );
}

interface Edit {
  parts: HandoffParts;
  owner: string;
  due: string;
  taken: boolean;
}

function PacketForm({ drafts }: { drafts: HandoffCase[] }) {
  const navigate = useNavigate();
  const { user } = useSession();
  const { zone } = useZone();
  const people = useQuery(atWorkQuery("")).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const [edits, setEdits] = useState<Record<string, Edit>>(() =>
    Object.fromEntries(
      drafts.map((it) => [
        it.number,
        { parts: it.parts, owner: it.step_owner ?? "", due: it.step_due ?? "", taken: true },
      ]),
    ),
  );
  const change = (number: string, patch: Partial<Edit>) =>
    setEdits((all) => {
      const old = all[number];
      return old ? { ...all, [number]: { ...old, ...patch } } : all;
    });
  const taken = drafts.filter(({ number }) => edits[number]?.taken);
  const { busy, failure, submit } = useSubmit(async () => {
    const [kind, id] = to.split(":");
    const cases = taken.map(({ number }) => {
      const { parts, owner, due } = edits[number] as Edit;
      const us = due.trim() ? parseTyped(due, zone, Date.now() * 1000) : null;
      if (us !== null && Number.isNaN(us)) throw new Error(`${number}: "${due}" is not a time`);
      return { number, parts, step_owner: owner || null, step_due: us === null ? null : toRfc3339(us) };
    });
    const sent = await api.sendHandoff({
      to_person: kind === "person" ? id : null,
      to_team: kind === "team" ? id : null,
      note,
      cases,
    });
    await api.endShift();
    refreshHome();
    toast(`${sent.cases.length} cases wait for ${sent.receiver}; they are yours until accepted`);
    await navigate({ to: "/home" });
  });
  const ready = to !== "" && taken.length > 0 && !busy;
  useCommands({ "form.submit": { run: () => void submit(), enabled: ready } });
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (ready) void submit();
  };
  const active = people.filter(({ removed }) => !removed).sort(byReadiness);
  return (
    <form className="form packet-form" onSubmit={onForm}>
      <SelectField label="To" value={to} onChange={(value) => setTo(value)}>
        <option value="">Choose the receiver</option>
        <optgroup label="Teams">
          {teams.map(({ id, profile }) => (
            <option key={id} value={`team:${id}`}>
              {profile.name}
            </option>
          ))}
        </optgroup>
        <optgroup label="People">
          {active
            .filter(({ person }) => person.id !== user.id)
            .map((it) => (
              <option key={it.person.id} value={`person:${it.person.id}`}>
                {it.person.name} ({presenceText(it, zone)})
              </option>
            ))}
        </optgroup>
      </SelectField>
      <Field label="To all cases together" rows={2} value={note} onChange={setNote} />
      {drafts.map((draft) => {
        const edit = edits[draft.number] as Edit;
        const empty = emptyParts(edit.parts);
        return (
          <section key={draft.number} className="packet-case" aria-labelledby={`packet-${draft.number}`}>
            <header>
              <h2 id={`packet-${draft.number}`}>
                <SeverityMark severity={draft.severity} /> {draft.number} {draft.subject}
              </h2>
              <label>
                <input
                  type="checkbox"
                  checked={edit.taken}
                  onChange={(event) => change(draft.number, { taken: event.target.checked })}
                />{" "}
                Hand {draft.number} off
              </label>
            </header>
            <p className="muted">
              Since the last packet: {draft.difference.length ? draft.difference.join("; ") : "nothing new"}
            </p>
            {edit.taken && (
              <div className="packet-parts">
                {PARTS.map(({ name, title, rows }) => (
                  <Field
                    key={name}
                    label={`${title} (${draft.number})`}
                    rows={rows > 1 ? rows : undefined}
                    value={edit.parts[name]}
                    placeholder="none"
                    onChange={(text) => change(draft.number, { parts: { ...edit.parts, [name]: text } })}
                  />
                ))}
                <SelectField
                  label={`Who does the next step (${draft.number})`}
                  value={edit.owner}
                  onChange={(value) => change(draft.number, { owner: value })}
                >
                  <option value="">Nobody named</option>
                  {active.map(({ person }) => (
                    <option key={person.id} value={person.id}>
                      {person.name}
                    </option>
                  ))}
                </SelectField>
                <Field
                  label={`Next step due (${draft.number})`}
                  hint="A time like 15:00 or 2026-11-24 15:00, in the zone shown above."
                  value={edit.due}
                  onChange={(due) => change(draft.number, { due })}
                />
              </div>
            )}
            {edit.taken && empty.length > 0 && <p className="muted">Sent as “none”: {empty.join(", ")}</p>}
          </section>
        );
      })}
      <Failure reason={failure} />
      <footer className="form-foot">
        <Link className="button" data-kind="quiet" to="/home">
          Cancel
        </Link>
        <button type="submit" className="button" data-kind="primary" disabled={!ready}>
          {busy ? "Working…" : "Send and end my shift"} <Keys of="form.submit" />
        </button>
      </footer>
    </form>
  );
}
