import { useInfiniteQuery } from "@tanstack/react-query";
import { useId } from "react";
import { customersQuery } from "../api/queries.ts";
import { Field } from "../ui/Field.tsx";

interface Props {
  value: string;
  onChange: (name: string) => void;
  autoFocus?: boolean;
}

/** A name of the list, offered while typing, or any other text. */
export function CustomerField({ value, onChange, autoFocus }: Props) {
  const list = useId();
  const found = useInfiniteQuery(customersQuery(value.trim()));
  const names = found.data?.pages[0]?.items ?? [];
  return (
    <>
      <Field
        label="Customer"
        value={value}
        onChange={onChange}
        autoFocus={autoFocus}
        maxLength={120}
        list={list}
      />
      <datalist id={list}>
        {names.map(({ id, profile }) => (
          <option key={id} value={profile.name}>
            {profile.tier}
          </option>
        ))}
      </datalist>
    </>
  );
}
