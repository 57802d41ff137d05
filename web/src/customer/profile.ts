import type { CustomerProfile } from "../api/types.ts";

export const EMPTY_PROFILE: CustomerProfile = {
  name: "",
  tier: "",
  residency: "",
  entitlements: [],
  uses: [],
  contacts: [],
};

/** Without the rows that nobody filled in. */
export function tidy(profile: CustomerProfile): CustomerProfile {
  const filled = (row: object) => Object.values(row).some((text) => String(text).trim() !== "");
  return {
    ...profile,
    name: profile.name.trim(),
    entitlements: profile.entitlements.map((line) => line.trim()).filter(Boolean),
    uses: profile.uses.filter(filled),
    contacts: profile.contacts.filter(filled),
  };
}
