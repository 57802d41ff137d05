// The screens beside the queue: their way in on the rail, and their name where the address is told.

import BookMarked from "lucide-react/icons/book-marked";
import Building from "lucide-react/icons/building-2";
import EyeOff from "lucide-react/icons/eye-off";
import House from "lucide-react/icons/house";
import Inbox from "lucide-react/icons/inbox";
import ListChecks from "lucide-react/icons/list-checks";
import ScrollText from "lucide-react/icons/scroll-text";
import Timer from "lucide-react/icons/timer";
import Users from "lucide-react/icons/users";

/** Only what exists has an icon here: a dead link in a tool for emergencies is worse than none. */
export const SECTIONS = [
  { path: "/home", name: "Home", command: "go.home", Icon: House },
  { path: "/queue", name: "Queue", command: "go.queue", Icon: Inbox },
  { path: "/sla", name: "What is promised", command: "go.sla", Icon: Timer },
  { path: "/customers", name: "Customers", command: "go.customers", Icon: Building },
  { path: "/people", name: "People", command: "go.people", Icon: Users },
  { path: "/signatures", name: "Known troubles", command: "go.signatures", Icon: BookMarked },
  { path: "/intake", name: "Checklists of intake", command: "go.intake", Icon: ListChecks },
  { path: "/redaction", name: "Redaction rules", command: "go.redaction", Icon: EyeOff },
  { path: "/audit", name: "Audit log", command: "go.audit", Icon: ScrollText, may: "audit" },
] as const;
