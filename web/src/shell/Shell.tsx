// The frame of every screen. Not here: anything about one screen.
import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { RouterProvider as AriaRouter } from "react-aria-components";
import { ApiError, api, goToSignIn, setCsrfToken } from "../api/client.ts";
import { startLive } from "../api/live.ts";
import { sessionQuery } from "../api/queries.ts";
import { KeysHelp, useKeysHelp } from "../keys/KeysHelp.tsx";
import { Palette, usePalette } from "../keys/Palette.tsx";
import { useCommands } from "../keys/registry.ts";
import { ErrorState } from "../ui/states.tsx";
import { CitationDrawer } from "./CitationDrawer.tsx";
import { Rail } from "./Rail.tsx";
import { useSampleCommands } from "./sample.ts";
import { SessionProvider } from "./session.tsx";
import { useSettings } from "./settings.ts";
import { TopBar } from "./TopBar.tsx";
import { Toasts, toast, toastError } from "./toasts.tsx";
import { useView } from "./useView.ts";
import { useZone } from "./zone.ts";

export function Shell() {
  const session = useQuery(sessionQuery);
  // The token must be there before any child writes, so it is set while rendering and not in an effect.
  if (session.data) setCsrfToken(session.data.csrf_token);
  if (session.error instanceof ApiError && session.error.problem.status === 401) return null;
  if (session.error) {
    return (
      <main className="full-page">
        <h1 className="visually-hidden">Mainstay</h1>
        <ErrorState error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data) return <div className="full-page" aria-busy="true" />;
  return (
    <SessionProvider value={session.data}>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const navigate = useNavigate();
  useEffect(startLive, []);
  useGlobalCommands();
  useSampleCommands();
  useCitationClicks();
  return (
    <AriaRouter navigate={(path) => void navigate({ href: path })}>
      <div className="shell">
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <Rail />
        <TopBar />
        <Outlet />
        <CitationDrawer />
        <Toasts />
        <Palette />
        <KeysHelp />
      </div>
    </AriaRouter>
  );
}

function useGlobalCommands(): void {
  const navigate = useNavigate();
  const { cycle } = useZone();
  const theme = (value: "system" | "light" | "dark" | "contrast") => () =>
    useSettings.setState({ theme: value });
  useCommands({
    "palette.open": () => usePalette.setState({ open: true }),
    "help.keys": () => useKeysHelp.setState({ open: true }),
    "go.home": () => void navigate({ to: "/home" }),
    "go.people": () => void navigate({ to: "/people" }),
    "go.queue": () => void navigate({ to: "/queue" }),
    "go.sla": () => void navigate({ to: "/sla" }),
    "go.audit": () => void navigate({ to: "/audit" }),
    "go.redaction": () => void navigate({ to: "/redaction" }),
    "go.customers": () => void navigate({ to: "/customers" }),
    "go.signatures": () => void navigate({ to: "/signatures" }),
    "go.intake": () => void navigate({ to: "/intake" }),
    "zone.next": cycle,
    "theme.system": theme("system"),
    "theme.light": theme("light"),
    "theme.dark": theme("dark"),
    "theme.contrast": theme("contrast"),
    "density.toggle": () =>
      useSettings.setState(({ density }) => ({ density: density === "compact" ? "cozy" : "compact" })),
    "keys.toggle": () => {
      useSettings.setState(({ characterKeys }) => ({ characterKeys: !characterKeys }));
      toast(`Single-letter keys are ${useSettings.getState().characterKeys ? "on" : "off"}`);
    },
    "preview.toggle": () => {
      useSettings.setState(({ previewUploads }) => ({ previewUploads: !previewUploads }));
      toast(
        useSettings.getState().previewUploads
          ? "A bundle shows what would be hidden before it is attached"
          : "A bundle is attached at once",
      );
    },
    "session.end": () => {
      api.signOut().then(goToSignIn, (error) => toastError("Could not sign out", error));
    },
  });
}

/** Citations come as links in HTML of the server; they open in the drawer, so that the place is kept. */
function useCitationClicks(): void {
  const [, setView] = useView();
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
        return;
      const link = (event.target as Element).closest?.("a.citation");
      const citation = link?.getAttribute("data-citation");
      if (!citation) return;
      event.preventDefault();
      setView({ cite: citation });
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [setView]);
}
