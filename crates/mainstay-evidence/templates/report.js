"use strict";
(async () => {
  const PAGE = 500;
  const RANK = { trace: 0, debug: 1, info: 2, notice: 3, warn: 4, error: 5, fatal: 6 };
  const byId = (id) => document.getElementById(id);
  const names = JSON.parse(byId("names").textContent);
  const packed = byId("packed").textContent.trim();
  if (!packed || typeof DecompressionStream === "undefined") return;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(stream).text();
  const lines = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const body = byId("list").tBodies[0];
  let hits = lines;
  let painted = 0;

  const time = (micros) => {
    if (micros === null) return "";
    const whole = Math.floor(micros / 1000);
    const rest = String(micros - whole * 1000).padStart(3, "0");
    return new Date(whole).toISOString().replace("T", " ").replace("Z", rest);
  };
  const cell = (row, value) => { row.insertCell().textContent = value; };
  const paint = () => {
    const next = hits.slice(painted, painted + PAGE);
    for (const line of next) {
      const row = body.insertRow();
      if (line.l) row.className = line.l;
      cell(row, time(line.t));
      cell(row, line.l || "");
      cell(row, names.sources[line.s] || "");
      cell(row, (names.files[line.f] || "") + ":" + line.n);
      cell(row, line.x);
    }
    painted += next.length;
    byId("more").hidden = painted >= hits.length;
    byId("shown").textContent =
      hits.length + " shown, " + (lines.length - hits.length) + " hidden by the filter" +
      (painted < hits.length ? "; the first " + painted + " are listed" : "");
  };
  const apply = () => {
    const words = byId("find").value.toLowerCase();
    const rank = RANK[byId("level").value] ?? -1;
    const source = byId("source").value;
    hits = lines.filter((line) =>
      (rank < 0 || (line.l && RANK[line.l] >= rank)) &&
      (source === "" || String(line.s) === source) &&
      (words === "" || line.x.toLowerCase().includes(words)));
    painted = 0;
    body.replaceChildren();
    paint();
  };
  names.sources.forEach((name, id) => byId("source").add(new Option(name, String(id))));
  for (const id of ["find", "level", "source"]) byId(id).addEventListener("input", apply);
  byId("more").addEventListener("click", paint);
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  byId("browser").hidden = false;
  apply();
})();
