// One customer: what they were promised, what they run, who calls, and their cases.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ApiError, api } from "../api/client.ts";
import { customerCasesQuery, customerQuery } from "../api/queries.ts";
import type { CaseSummary, Customer } from "../api/types.ts";
import { statusText } from "../case/status.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { Keys } from "../ui/Keys.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { useSeenVersion } from "../ui/useSeenVersion.ts";
import { tidy } from "./profile.ts";
import { RowsField } from "./RowsField.tsx";

export function CustomerScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(customerQuery(id));
  const name = found.data?.profile.name;
  useEffect(() => {
    document.title = `${name ?? "Customer"} · Mainstay`;
  }, [name]);
  if (found.error instanceof ApiError && found.error.problem.code === "not_found") {
    return (
      <main id="main" className="full-page">
        <h1 className="visually-hidden">No such customer</h1>
        <EmptyState title="There is no such customer">
          <Link className="button" to="/customers">
            Go to the customers
          </Link>
        </EmptyState>
      </main>
    );
  }
  return (
    <main id="main" className="full-page customers">
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data ? (
        <CustomerPage key={found.data.id} customer={found.data} />
      ) : (
        <>
          <h1 className="visually-hidden">Customer</h1>
          <Loading what="the customer" />
        </>
      )}
    </main>
  );
}

const USE_COLUMNS = [
  { name: "product", label: "Product" },
  { name: "version", label: "Version" },
  { name: "environment", label: "Environment" },
] as const;
const CONTACT_COLUMNS = [
  { name: "name", label: "Name" },
  { name: "email", label: "E-mail" },
  { name: "role", label: "Asked about" },
] as const;

function CustomerPage({ customer }: { customer: Customer }) {
  const client = useQueryClient();
  const { zone } = useZone();
  const mayManage = useMay("manage_customers");
  const [profile, setProfile] = useState(customer.profile);
  const { setSeen, write } = useSeenVersion(customer.version, async () => {
    const newest = await client.fetchQuery({ ...customerQuery(customer.id), staleTime: 0 });
    return newest.version;
  });
  const change = (patch: Partial<typeof profile>) => setProfile((old) => ({ ...old, ...patch }));
  const save = async () => {
    const saved = await write((seen) => api.changeCustomer(customer.id, tidy(profile), seen));
    client.setQueryData(customerQuery(customer.id).queryKey, saved);
    void client.invalidateQueries({ queryKey: ["customers"] });
    setProfile(saved.profile);
    setSeen(saved.version);
    toast("Saved");
  };
  const { busy, failure, submit } = useSubmit(save);
  const changed = JSON.stringify(profile) !== JSON.stringify(customer.profile);
  const ready = mayManage && changed && profile.name.trim() !== "" && !busy;
  useCommands({ "form.submit": { run: () => void submit(), enabled: ready } });
  return (
    <>
      <header className="customers-head">
        <h1>{customer.profile.name}</h1>
        {customer.profile.tier && <span className="tag">{customer.profile.tier}</span>}
        <p className="muted">
          Changed {formatShort(parseMicros(customer.changed_at), zone)} by {customer.changed_by.name}
        </p>
      </header>
      <div className="customer-columns">
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void submit();
          }}
        >
          <div className="field-row">
            {(["name", "tier", "residency"] as const).map((field) => (
              <Field
                key={field}
                label={field[0]!.toUpperCase() + field.slice(1)}
                maxLength={120}
                readOnly={!mayManage}
                value={profile[field]}
                onChange={(text) => change({ [field]: text })}
              />
            ))}
          </div>
          <Field
            label="Entitlements"
            hint="One a line"
            rows={3}
            readOnly={!mayManage}
            value={profile.entitlements.join("\n")}
            onChange={(text) => change({ entitlements: text === "" ? [] : text.split("\n") })}
          />
          <RowsField
            title="What they run"
            one="a product"
            columns={USE_COLUMNS}
            rows={profile.uses}
            empty={{ product: "", version: "", environment: "" }}
            readOnly={!mayManage}
            onChange={(uses) => change({ uses })}
          />
          <RowsField
            title="Contacts"
            one="a contact"
            columns={CONTACT_COLUMNS}
            rows={profile.contacts}
            empty={{ name: "", email: "", role: "" }}
            readOnly={!mayManage}
            onChange={(contacts) => change({ contacts })}
          />
          <Failure reason={failure} />
          <footer className="form-foot">
            {changed && (
              <button
                type="button"
                className="button"
                data-kind="quiet"
                onClick={() => setProfile(customer.profile)}
              >
                Drop my changes
              </button>
            )}
            <button
              type="submit"
              className="button"
              data-kind="primary"
              disabled={!ready}
              title={mayManage ? undefined : "Your role may not manage customers"}
            >
              Save <Keys of="form.submit" />
            </button>
          </footer>
        </form>
        <Cases id={customer.id} />
      </div>
    </>
  );
}

function Cases({ id }: { id: string }) {
  const found = useQuery(customerCasesQuery(id));
  return (
    <section aria-labelledby="customer-cases">
      <h2 id="customer-cases">Cases</h2>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && (
        <p className="muted">No case is theirs yet. A case whose customer has this name becomes theirs.</p>
      )}
      <ul className="customer-cases">
        {found.data?.map((row) => (
          <CaseLine key={row.number} row={row} />
        ))}
      </ul>
    </section>
  );
}

function CaseLine({ row }: { row: CaseSummary }) {
  return (
    <li>
      <SeverityMark severity={row.severity} />
      <span className="tabular muted">{row.number}</span>
      <Link to="/cases/$number" params={{ number: row.number }} className="row-link">
        {row.subject}
      </Link>
      <span className="tag">{statusText(row)}</span>
    </li>
  );
}
