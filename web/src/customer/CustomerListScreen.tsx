// Customers by name.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import { customersQuery, queryClient } from "../api/queries.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { useView } from "../shell/useView.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { EMPTY_PROFILE } from "./profile.ts";

export function CustomerListScreen() {
  const [search, setView] = useView();
  const text = search.text ?? "";
  const found = useInfiniteQuery(customersQuery(text));
  const filter = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const mayManage = useMay("manage_customers");
  useEffect(() => {
    document.title = "Customers · Mainstay";
  }, []);
  useCommands({
    "filter.focus": () => filter.current?.focus(),
    "customers.new": { enabled: mayManage, run: () => setOpen(true) },
  });
  const customers = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <main id="main" className="full-page customers">
      <header className="customers-head">
        <h1>Customers</h1>
        <input
          ref={filter}
          className="input"
          aria-label="Find by name"
          placeholder="Find by name"
          value={text}
          onChange={(event) => setView({ text: event.target.value || undefined }, { replace: true })}
        />
        <button
          type="button"
          className="button"
          disabled={!mayManage}
          title={mayManage ? undefined : "Your role may not manage customers"}
          onClick={() => setOpen(true)}
        >
          Add a customer
        </button>
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading what="the customers" />}
      {found.data && customers.length === 0 && (
        <p className="muted">{text ? "No name holds this." : "None were added yet."}</p>
      )}
      {customers.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Tier</th>
              <th scope="col">Residency</th>
              <th scope="col">Runs</th>
              <th scope="col">Open cases</th>
            </tr>
          </thead>
          <tbody>
            {customers.map(({ id, profile, open_cases }) => (
              <tr key={id}>
                <td>
                  <Link to="/customers/$id" params={{ id }} className="row-link">
                    {profile.name}
                  </Link>
                </td>
                <td>{profile.tier}</td>
                <td>{profile.residency}</td>
                <td>
                  {profile.uses.map(({ product, version }) => `${product} ${version}`.trim()).join(", ")}
                </td>
                <td className="tabular">{open_cases}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && (
        <button type="button" className="button" onClick={() => void found.fetchNextPage()}>
          Show more
        </button>
      )}
      <AddDialog key={String(open)} open={open} onClose={() => setOpen(false)} />
    </main>
  );
}

function AddDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [tier, setTier] = useState("");
  const submit = async () => {
    const added = await api.addCustomer({ ...EMPTY_PROFILE, name: name.trim(), tier: tier.trim() });
    void queryClient.invalidateQueries({ queryKey: ["customers"] });
    void navigate({ to: "/customers/$id", params: { id: added.id } });
  };
  return (
    <FormDialog
      title="Add a customer"
      open={open}
      onClose={onClose}
      submitLabel="Add"
      ready={name.trim() !== ""}
      onSubmit={submit}
    >
      <Field label="Name" autoFocus maxLength={120} value={name} onChange={setName} />
      <Field
        label="Tier"
        hint="As the policies call it: platinum, gold, …"
        maxLength={120}
        value={tier}
        onChange={setTier}
      />
    </FormDialog>
  );
}
