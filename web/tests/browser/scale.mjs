// More lines than an element can be high. Only on the fixture: no journey waits for such a bundle to be read.
import { check, Desk, until } from "./desk.mjs";

const ROWS = 1_600_000;

export async function aboveTheLimit() {
  const desk = await Desk.open({ rows: ROWS });
  try {
    const { page } = desk;
    await desk.openP1();
    const grid = page.getByRole("grid", { name: "Log lines" });
    const active = () => grid.getAttribute("aria-activedescendant");
    check((await grid.getAttribute("aria-rowcount")) === String(ROWS + 1), "every row to be counted");
    await desk.press("j", "End");
    await until(async () => (await active()) === `line-${ROWS - 1}`, "the last row");
    await desk.press("PageUp", "k");
    const box = await grid.boundingBox();
    await page.mouse.move(box.x + 300, box.y + 200);
    const firstShown = () =>
      page.evaluate(() =>
        Math.min(
          ...[...document.querySelectorAll(".line-row[data-position]")].map((row) =>
            Number(row.dataset.position),
          ),
        ),
      );
    const before = await firstShown();
    await page.mouse.wheel(0, -220);
    await until(async () => before - (await firstShown()) === 10, "a notch of the wheel to be ten rows");
    await grid.evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });
    await until(
      async () => Math.abs((await firstShown()) - ROWS / 2) < 5000,
      "the middle of the bar to be the middle of the rows",
    );
    await desk.press("Home");
    await until(async () => (await active()) === "line-0", "the first row");
    check(desk.complaints.length === 0, `a quiet console:\n    ${desk.complaints.join("\n    ")}`);
  } finally {
    await desk.close();
  }
}
