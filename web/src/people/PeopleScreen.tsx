// Who works here: who is there now, who is away, and the teams.
import "../styles/home.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import { atWorkQuery, queryClient, teamsQuery } from "../api/queries.ts";
import type { PersonAtWork, Team } from "../api/types.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { useView } from "../shell/useView.ts";
import { useNow, useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { SelectField } from "../ui/SelectField.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { useSeenVersion } from "../ui/useSeenVersion.ts";
import { absenceText, byReadiness, localTime, presence, presenceText } from "./work.ts";

export function PeopleScreen() {
  const [search, setView] = useView();
  const text = search.text ?? "";
  const found = useQuery(atWorkQuery(""));
  const teams = useQuery(teamsQuery);
  const filter = useRef<HTMLInputElement>(null);
  const mayManage = useMay("manage_people");
  const [edited, setEdited] = useState<Team | "new" | null>(null);
  useEffect(() => {
    document.title = "People · Mainstay";
  }, []);
  useCommands({
    "filter.focus": () => filter.current?.focus(),
    "people.team": { enabled: mayManage, run: () => setEdited("new") },
  });
  const holds = (it: PersonAtWork) =>
    [it.person.name, it.person.login ?? "", ...it.profile.skills.map(({ name }) => name)]
      .join(" ")
      .toLowerCase()
      .includes(text.toLowerCase());
  const people = (found.data ?? []).filter(holds).sort(byReadiness);
  return (
    <main id="main" className="full-page customers">
      <header className="customers-head">
        <h1>People</h1>
        <input
          ref={filter}
          className="input"
          aria-label="Find by name or skill"
          placeholder="Find by name or skill"
          value={text}
          onChange={(event) => setView({ text: event.target.value || undefined }, { replace: true })}
        />
        <CommandButton command="people.team" disabled={!mayManage} why="Your role may not manage people">
          Add a team
        </CommandButton>
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading what="the people" />}
      {found.data && people.length === 0 && <p className="muted">Nobody's name or skill holds this.</p>}
      {people.length > 0 && <PeopleTable people={people} />}
      {found.data && <Absences people={found.data} />}
      {teams.data && teams.data.length > 0 && (
        <TeamTable teams={teams.data} people={found.data ?? []} onEdit={mayManage ? setEdited : undefined} />
      )}
      <TeamDialog
        key={edited === null ? "" : edited === "new" ? "new" : edited.id}
        team={edited}
        people={found.data ?? []}
        onClose={() => setEdited(null)}
      />
    </main>
  );
}

function PeopleTable({ people }: { people: PersonAtWork[] }) {
  const now = useNow();
  const { zone } = useZone();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Now</th>
          <th scope="col">Local time</th>
          <th scope="col">Knows</th>
          <th scope="col">Teams</th>
          <th scope="col">Open cases, P1 to P4</th>
        </tr>
      </thead>
      <tbody>
        {people.map((it) => (
          <tr key={it.person.id}>
            <td>
              <Link to="/people/$id" params={{ id: it.person.id }} className="row-link">
                {it.person.name}
              </Link>
            </td>
            <td>
              <span className="presence" data-presence={presence(it)}>
                {presenceText(it, zone)}
              </span>
            </td>
            <td className="tabular">{localTime(it.profile.hours?.zone, now / 1000)}</td>
            <td>{it.profile.skills.map(({ name, level }) => `${name} ${level}`).join(", ")}</td>
            <td>{it.teams.map(({ name }) => name).join(", ")}</td>
            <td className="tabular">
              {it.load.join(" · ")} <small className="muted">load {it.weight}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The calendar of absences as a list: what is or will be, the next in front. */
function Absences({ people }: { people: PersonAtWork[] }) {
  const now = useNow();
  const { zone } = useZone();
  const name = (id: string | null | undefined) => people.find(({ person }) => person.id === id)?.person.name;
  const rows = people
    .filter(({ removed }) => !removed)
    .flatMap((it) => it.profile.absences.map((absence) => ({ it, absence })))
    .filter(({ absence }) => parseMicros(absence.to) > now)
    .sort((a, b) => parseMicros(a.absence.from) - parseMicros(b.absence.from));
  return (
    <section className="home-section" aria-labelledby="absences-title">
      <h2 className="column-title" id="absences-title">
        Absences
      </h2>
      {rows.length === 0 && <p className="muted">Nobody is away, and nobody has said that they will be.</p>}
      <ul>
        {rows.map(({ it, absence }) => (
          <li key={`${it.person.id} ${absence.from}`} className="home-row">
            <b>{it.person.name}</b> {absenceText(absence.kind)},{" "}
            {formatShort(parseMicros(absence.from), zone)} to {formatShort(parseMicros(absence.to), zone)}
            {absence.cover ? `, covered by ${name(absence.cover) ?? "somebody unknown"}` : ", nobody covers"}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TeamTableProps {
  teams: Team[];
  people: PersonAtWork[];
  onEdit: ((team: Team) => void) | undefined;
}

function TeamTable({ teams, people, onEdit }: TeamTableProps) {
  const name = (id: string | null) => people.find(({ person }) => person.id === id)?.person.name ?? "";
  return (
    <section className="home-section" aria-labelledby="teams-title">
      <h2 className="column-title" id="teams-title">
        Teams
      </h2>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Lead</th>
            <th scope="col">Members</th>
            <th scope="col">Products</th>
            <th scope="col">Queue</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {teams.map((team) => (
            <tr key={team.id}>
              <td>{team.profile.name}</td>
              <td>{name(team.profile.lead)}</td>
              <td>{team.profile.members.map((id) => name(id)).join(", ")}</td>
              <td>{team.profile.products.join(", ")}</td>
              <td>{team.profile.queue}</td>
              <td>
                {onEdit && (
                  <button type="button" className="button" onClick={() => onEdit(team)}>
                    Change {team.profile.name}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface TeamDialogProps {
  team: Team | "new" | null;
  people: PersonAtWork[];
  onClose: () => void;
}

const words = (text: string) =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);

function TeamDialog({ team, people, onClose }: TeamDialogProps) {
  const known = team && team !== "new" ? team : null;
  const { write } = useSeenVersion(known?.version ?? 0, async () => {
    const teams = await queryClient.fetchQuery({ ...teamsQuery, staleTime: 0 });
    return teams.find(({ id }) => id === known?.id)?.version ?? 0;
  });
  const [name, setName] = useState(known?.profile.name ?? "");
  const [queue, setQueue] = useState(known?.profile.queue ?? "");
  const [products, setProducts] = useState(known?.profile.products.join(", ") ?? "");
  const [members, setMembers] = useState<readonly string[]>(known?.profile.members ?? []);
  const [lead, setLead] = useState(known?.profile.lead ?? "");
  const toggle = (id: string) => {
    setMembers(members.includes(id) ? members.filter((it) => it !== id) : [...members, id]);
    if (lead === id) setLead("");
  };
  const submit = async () => {
    const profile = {
      name: name.trim(),
      queue: queue.trim(),
      products: words(products),
      members: [...members],
      lead: lead || null,
      hours: known?.profile.hours ?? null,
      skills: known?.profile.skills ?? [],
    };
    if (known) await write((seen) => api.changeTeam(known.id, profile, seen));
    else await api.addTeam(profile);
    for (const queryKey of [["teams"], ["at-work"], ["home"]])
      void queryClient.invalidateQueries({ queryKey });
  };
  return (
    <FormDialog
      title={known ? `Change ${known.profile.name}` : "Add a team"}
      open={team !== null}
      onClose={onClose}
      submitLabel={known ? "Save" : "Add"}
      ready={name.trim() !== ""}
      onSubmit={submit}
    >
      <Field label="Name" autoFocus maxLength={120} value={name} onChange={setName} />
      <Field label="Products, separated by commas" value={products} onChange={setProducts} />
      <Field label="Receiving queue" maxLength={120} value={queue} onChange={setQueue} />
      <fieldset className="field choice-field">
        <legend>Members</legend>
        {people
          .filter(({ removed }) => !removed)
          .map(({ person }) => (
            <label key={person.id}>
              <input
                type="checkbox"
                checked={members.includes(person.id)}
                onChange={() => toggle(person.id)}
              />
              {person.name}
            </label>
          ))}
      </fieldset>
      <SelectField label="Lead" value={lead} onChange={(value) => setLead(value)}>
        <option value="">Nobody leads</option>
        {people
          .filter(({ person }) => members.includes(person.id))
          .map(({ person }) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
      </SelectField>
    </FormDialog>
  );
}
