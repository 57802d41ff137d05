import { api } from "../api/client.ts";
import { write } from "../api/write.ts";
import { toast } from "../shell/toasts.tsx";

export async function acceptIntake(number: string): Promise<void> {
  const accepted = await write("Not accepted", number, () => api.acceptIntake(number));
  if (accepted) toast(`${number} is yours`);
}
