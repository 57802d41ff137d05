// One person: skills, languages, hours and absences; and how they leave.
import "../styles/home.css";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { api } from "../api/client.ts";
import { atWorkQuery, personQuery, policiesQuery, queryClient } from "../api/queries.ts";
import type { AbsenceKind, PersonAtWork } from "../api/types.ts";
import { RowsField } from "../customer/RowsField.tsx";
import { useCommands } from "../keys/registry.ts";
import { useMay, useSession } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useNow, useZone } from "../shell/zone.ts";
import { parseTyped, toRfc3339 } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { Field } from "../ui/Field.tsx";
import { Keys } from "../ui/Keys.tsx";
import { SelectField } from "../ui/SelectField.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { useSeenVersion } from "../ui/useSeenVersion.ts";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { localTime, presence, presenceText } from "./work.ts";

export function PersonScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(personQuery(id));
  return (
    <main id="main" className="full-page customers">
      {found.data ? (
        <PersonForm key={id} person={found.data} />
      ) : (
        <>
          <h1 className="visually-hidden">Person</h1>
          {found.error ? (
            <ErrorState error={found.error} retry={() => void found.refetch()} />
          ) : (
            <Loading what="the person" />
          )}
        </>
      )}
    </main>
  );
}

type AbsenceRow = { kind: string; from: string; to: string; cover: string };
const NO_ABSENCE: AbsenceRow = { kind: "leave", from: "", to: "", cover: "" };
const KINDS: readonly AbsenceKind[] = ["leave", "sick", "training", "duty", "other"];

function moment(text: string, zone: string): string {
  const us = parseTyped(text, zone, Date.now() * 1000);
  if (Number.isNaN(us)) throw new Error(`"${text}" is not a time; write 2026-12-24 09:00`);
  return toRfc3339(us);
}

function PersonForm({ person }: { person: PersonAtWork }) {
  const { user } = useSession();
  const { zone } = useZone();
  const now = useNow();
  const everybody = useQuery(atWorkQuery("")).data ?? [];
  const policies = useQuery(policiesQuery).data;
  const calendars = Object.keys(
    (policies?.set as { calendars?: Record<string, unknown> } | undefined)?.calendars ?? {},
  );
  const manages = useMay("manage_people");
  const mayEdit = (manages || user.id === person.person.id) && !person.removed;
  const login = (id: string | null) => everybody.find((it) => it.person.id === id)?.person.login ?? "";
  const { profile } = person;
  // what is typed stays when the person comes, goes or is changed by somebody else meanwhile
  const { setSeen, write } = useSeenVersion(person.version, async () => {
    const newest = await queryClient.fetchQuery({ ...personQuery(person.person.id), staleTime: 0 });
    return newest.version;
  });
  const [skills, setSkills] = useState(
    profile.skills.map(({ name, level }) => ({ name, level: String(level) })),
  );
  const [languages, setLanguages] = useState(profile.languages.join(", "));
  const [calendar, setCalendar] = useState(profile.hours?.calendar ?? "");
  const [home, setHome] = useState(profile.hours?.zone ?? "");
  const [absences, setAbsences] = useState<AbsenceRow[] | null>(null);
  const [removing, setRemoving] = useState(false);
  const rows =
    absences ??
    profile.absences.map(
      ({ kind, from, to, cover }): AbsenceRow => ({
        kind,
        from,
        to,
        cover: login(cover ?? null),
      }),
    );
  useEffect(() => {
    document.title = `${person.person.name} · Mainstay`;
  }, [person.person.name]);
  const { busy, failure, submit } = useSubmit(async () => {
    const cover = (text: string) => {
      if (!text.trim()) return null;
      const found = everybody.find((it) => it.person.login === text.trim());
      if (!found) throw new Error(`no login is "${text.trim()}"`);
      return found.person.id;
    };
    const hours = calendar
      ? {
          calendar,
          zone: home.trim(),
          policies: calendar === profile.hours?.calendar ? profile.hours.policies : 0,
        }
      : null;
    const changed = {
      skills: skills.map(({ name, level }) => ({ name: name.trim(), level: Number(level) || 0 })),
      languages: languages
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
      hours,
      absences: rows.map((row) => {
        const kind = KINDS.find((it) => it === row.kind.trim());
        if (!kind) throw new Error(`"${row.kind}" is none of ${KINDS.join(", ")}`);
        return { kind, from: moment(row.from, zone), to: moment(row.to, zone), cover: cover(row.cover) };
      }),
    };
    const saved = await write((seen) => api.changePerson(person.person.id, changed, seen));
    setSeen(saved.version);
    for (const queryKey of [["person"], ["at-work"], ["home"]])
      void queryClient.invalidateQueries({ queryKey });
    toast(`${person.person.name}: saved`);
  });
  useCommands({
    "form.submit": { run: () => void submit(), enabled: mayEdit && !busy },
    "people.remove": {
      enabled: manages && !person.removed && user.id !== person.person.id,
      run: () => setRemoving(true),
    },
  });
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (mayEdit) void submit();
  };
  return (
    <>
      <header className="customers-head">
        <h1>{person.person.name}</h1>
        <span className="tag">{person.person.role}</span>
        <span className="presence" data-presence={presence(person)}>
          {presenceText(person, zone)}
        </span>
        <span className="muted tabular">{localTime(profile.hours?.zone, now / 1000)}</span>
        <span className="home-space" />
        {manages && !person.removed && (
          <CommandButton command="people.remove" kind="danger" disabled={user.id === person.person.id}>
            Remove
          </CommandButton>
        )}
      </header>
      {person.removed && (
        <p role="status">Removed from the desk: {person.removed_reason}. The name stays where they worked.</p>
      )}
      <p className="muted">
        {person.teams.length ? person.teams.map(({ name }) => name).join(", ") : "In no team"} ·{" "}
        {person.load.reduce((all, count) => all + count, 0)} open cases, load {person.weight}
      </p>
      <form className="form" onSubmit={onForm}>
        <RowsField
          title="Skills"
          one="a skill"
          columns={[
            { name: "name", label: "Skill or product" },
            { name: "level", label: "Level, 1 to 3" },
          ]}
          rows={skills}
          empty={{ name: "", level: "1" }}
          readOnly={!mayEdit}
          onChange={setSkills}
        />
        <Field
          label="Languages, separated by commas"
          value={languages}
          readOnly={!mayEdit}
          onChange={setLanguages}
        />
        <div className="packet-parts">
          <SelectField
            label="Hours: a calendar of what is promised"
            value={calendar}
            disabled={!manages || person.removed}
            onChange={(value) => setCalendar(value)}
          >
            <option value="">Nobody knows</option>
            {[...new Set([...calendars, "24x7", ...(calendar ? [calendar] : [])])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
          <Field
            label="Zone"
            hint="Like Europe/Stockholm; hours are set by managers and operations."
            value={home}
            readOnly={!manages || person.removed}
            onChange={setHome}
          />
        </div>
        <RowsField
          title="Absences"
          one="an absence"
          columns={[
            { name: "kind", label: "Kind" },
            { name: "from", label: "From" },
            { name: "to", label: "Back at" },
            { name: "cover", label: "Covered by (login)" },
          ]}
          rows={rows}
          empty={NO_ABSENCE}
          readOnly={!mayEdit}
          onChange={setAbsences}
        />
        <small className="muted">Kinds: {KINDS.join(", ")}. Times are in the zone shown above.</small>
        <Failure reason={failure} />
        {mayEdit && (
          <footer className="form-foot">
            <button type="submit" className="button" data-kind="primary" disabled={busy}>
              {busy ? "Working…" : "Save"} <Keys of="form.submit" />
            </button>
          </footer>
        )}
      </form>
      <RemoveDialog
        key={String(removing)}
        person={person}
        people={everybody}
        open={removing}
        onClose={() => setRemoving(false)}
      />
    </>
  );
}
