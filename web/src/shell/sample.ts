import { api } from "../api/client.ts";
import { refreshQueue } from "../api/live.ts";
import { useCommands } from "../keys/registry.ts";
import { plural } from "../time/number.ts";
import { useMay } from "./session.tsx";
import { toast, toastError } from "./toasts.tsx";

/** Loading the sample desk, for the palette and the empty queue. */
export function useSampleCommands(): void {
  const enabled = useMay("manage_accounts");
  const load = async () => {
    try {
      const { cases } = await api.loadSample();
      toast(`Sample desk loaded: ${plural(cases, "case")}`);
    } catch (error) {
      toastError("Could not load the sample desk", error);
    }
    refreshQueue();
  };
  useCommands({ "sample.load": { enabled, run: () => void load() } });
}
